package org.ipspipeline.ips.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ipspipeline.ips.store.Fail2banDatabase;
import org.ipspipeline.ips.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ips-pipeline import-fail2ban}: takes over the bans that fail2ban's database has in force. */
@Command(
        name = "import-fail2ban",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Copies the bans that fail2ban's own database has in force into the one of --state.",
            "The next 'run --state DIR' puts those of its jails into force. Fail2ban's database is only read."
        })
public final class ImportFail2banCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--state", paramLabel = "DIR", required = true, description = "The directory of our database.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path directory;

    @Option(
            names = "--from",
            paramLabel = "FILE",
            defaultValue = "/var/lib/fail2ban/fail2ban.sqlite3",
            description = "Fail2ban's database (default: ${DEFAULT-VALUE}).")
    private Path from = Fail2banDatabase.DEFAULT;

    @Override
    public Integer call() {
        try {
            Fail2banDatabase.Bans imported = Fail2banDatabase.importInto(from, directory);
            PrintWriter out = spec.commandLine().getOut();
            out.printf("%d bans imported%n", imported.bans().size());
            if (imported.skipped() > 0) {
                out.printf("%d bans of what is no address were left out%n", imported.skipped());
            }
            out.flush();
            return 0;
        } catch (StoreException refused) {
            throw new UsageException(String.valueOf(refused.getMessage()), refused);
        }
    }
}
