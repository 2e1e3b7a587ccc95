package org.ipspipeline.ips.command.ring;

import picocli.CommandLine.Command;

/** {@code ips-pipeline ring}: what a person does with rings. */
@Command(
        name = "ring",
        mixinStandardHelpOptions = true,
        description = "Makes rings in shared memory, looks into live ones, and carries lines in and out of them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RingCreateCommand.class,
            RingStatCommand.class,
            RingTailCommand.class,
            RingWriteCommand.class,
            RingRepairCommand.class,
            RingRemoveCommand.class
        })
public final class RingCommand {}
