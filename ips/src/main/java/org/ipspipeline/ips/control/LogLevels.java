package org.ipspipeline.ips.control;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** The levels of the log by fail2ban's names. Of its levels, NOTICE is INFO here, and CRITICAL is ERROR. */
final class LogLevels {

    private LogLevels() {}

    static String current() {
        Level level = root().getLevel();
        return level == Level.WARN ? "WARNING" : String.valueOf(level);
    }

    static String set(String name) {
        Level level = switch (name.toUpperCase(Locale.ROOT)) {
            case "CRITICAL", "ERROR" -> Level.ERROR;
            case "WARNING", "WARN" -> Level.WARN;
            case "NOTICE", "INFO" -> Level.INFO;
            case "DEBUG" -> Level.DEBUG;
            case "TRACEDEBUG", "HEAVYDEBUG" -> Level.TRACE;
            default -> throw ControlException.failed("Invalid log level '" + name + "'");
        };
        root().setLevel(level);
        return current();
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
