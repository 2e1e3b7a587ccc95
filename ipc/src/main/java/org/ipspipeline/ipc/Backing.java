package org.ipspipeline.ipc;

/** The kind of memory that holds a ring. */
public enum Backing {
    /** Files at the ring's path. On {@code /dev/shm} they are POSIX shared memory; on hugetlbfs, huge pages. */
    FILE,
    /** A file on the machine's hugetlbfs, which the file at the ring's path tells of; without huge pages as FILE. */
    HUGE_PAGES,
    /** System V shared memory with a key from the ring's path. Needs jnr-ffi on the class path. */
    SYSTEM_V,
    /** The same with SHM_HUGETLB; without huge pages as SYSTEM_V. */
    SYSTEM_V_HUGE_PAGES
}
