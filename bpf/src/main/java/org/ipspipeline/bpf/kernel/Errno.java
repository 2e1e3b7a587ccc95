package org.ipspipeline.bpf.kernel;

/** The error numbers that callers tell apart, and names for messages. The same on every architecture Linux has BPF on. */
public final class Errno {

    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int EINTR = 4;
    public static final int E2BIG = 7;
    public static final int EAGAIN = 11;
    public static final int ENOMEM = 12;
    public static final int EACCES = 13;
    public static final int EBUSY = 16;
    public static final int EEXIST = 17;
    public static final int ENODEV = 19;
    public static final int EINVAL = 22;
    public static final int ENOSPC = 28;
    public static final int ENOSYS = 38;
    public static final int EOPNOTSUPP = 95;

    private Errno() {}

    /**
     * Names an error as the manual pages do.
     *
     * @param errno positive
     * @return its symbol and meaning, or its number when this class has no name for it
     */
    public static String describe(int errno) {
        return switch (errno) {
            case EPERM -> "EPERM, not permitted";
            case ENOENT -> "ENOENT, not there";
            case EINTR -> "EINTR, interrupted";
            case E2BIG -> "E2BIG, full";
            case EAGAIN -> "EAGAIN, try again";
            case ENOMEM -> "ENOMEM, out of memory";
            case EACCES -> "EACCES, refused";
            case EBUSY -> "EBUSY, in use";
            case EEXIST -> "EEXIST, already there";
            case ENODEV -> "ENODEV, no such device";
            case EINVAL -> "EINVAL, invalid argument";
            case ENOSPC -> "ENOSPC, no space";
            case ENOSYS -> "ENOSYS, not in this kernel";
            case EOPNOTSUPP -> "EOPNOTSUPP, not supported";
            default -> "errno " + errno;
        };
    }
}
