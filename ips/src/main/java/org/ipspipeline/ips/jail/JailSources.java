package org.ipspipeline.ips.jail;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ipspipeline.ips.configuration.ConfigurationException;
import org.ipspipeline.ips.configuration.Jail;
import org.ipspipeline.ips.filter.EvaluationOptions;
import org.ipspipeline.ips.filter.FilterEvaluator;
import org.ipspipeline.ips.jail.FilterJudge.Applied;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.SourceException;
import org.ipspipeline.ips.source.StartAt;
import org.ipspipeline.ips.source.file.FileOptions;
import org.ipspipeline.ips.source.file.FileSource;
import org.ipspipeline.ips.source.file.FileStart;
import org.ipspipeline.ips.source.spec.SourceOptions;
import org.ipspipeline.ips.source.spec.SourceSpec;
import org.ipspipeline.ips.source.spec.Sources;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open sources of a set of jails, each opened once however many jails read it. Immutable: {@link #next} makes those that
 * follow, in which a source that stays goes on where it is, and a filter that stays remembers what it has seen.
 */
public final class JailSources {

    private static final Logger LOG = LoggerFactory.getLogger(JailSources.class);

    private final Doorbell doorbell;
    private final DeferredFailures deferred;
    private final @Nullable Path state;
    private final Map<SourceKey, List<FilterFeed>> feeds;

    private JailSources(
            Doorbell doorbell,
            DeferredFailures deferred,
            @Nullable Path state,
            Map<SourceKey, List<FilterFeed>> feeds) {
        this.doorbell = doorbell;
        this.deferred = deferred;
        this.state = state;
        this.feeds = feeds;
    }

    /**
     * None yet.
     *
     * @param doorbell rung when a source that can wait has lines
     * @param deferred takes failures that need time
     * @param state the directory in which files and journals keep their places over restarts; null to keep none
     * @return for {@link #next}
     */
    public static JailSources none(Doorbell doorbell, DeferredFailures deferred, @Nullable Path state) {
        return new JailSources(doorbell, deferred, state, Map.of());
    }

    /** {@return what is open, for a pipeline} */
    public List<Feed> feeds() {
        return feeds.values().stream().<Feed>flatMap(List::stream).toList();
    }

    /**
     * Opens what other jails need beyond these.
     *
     * @param jails all that are to be at work
     * @return new sources, which share those with these that both need
     * @throws ConfigurationException if something cannot be opened; what was opened meanwhile is closed again
     */
    public JailSources next(JailSet jails) {
        Map<SourceKey, List<ActiveJail>> readers = new LinkedHashMap<>();
        for (ActiveJail jail : jails.jails()) {
            for (SourceKey key : JailLogs.of(jail.settings())) {
                readers.computeIfAbsent(key, unused -> new ArrayList<>()).add(jail);
            }
        }
        Map<SourceKey, List<FilterFeed>> next = new LinkedHashMap<>();
        JailSources made = new JailSources(doorbell, deferred, state, next);
        try {
            readers.forEach((key, jailsOfSource) -> next.put(key, feeds(key, jailsOfSource)));
        } catch (ConfigurationException wrong) {
            made.closeAllBut(this);
            throw wrong;
        }
        return made;
    }

    private List<FilterFeed> feeds(SourceKey key, List<ActiveJail> readers) {
        List<FilterFeed> earlier = feeds.get(key);
        List<FilterFeed> made = new ArrayList<>();
        if (earlier != null) {
            for (FilterFeed feed : earlier) {
                FilterJudge judge = judge(readers, feed);
                boolean same = judge.applied().equals(feed.judge(0).applied());
                made.add(same ? feed : new FilterFeed(feed.source(), judge));
            }
            return made;
        }
        try {
            for (LineSource source : open(key, readers)) {
                made.add(new FilterFeed(source, judge(readers, null)));
            }
        } catch (SourceException refused) {
            throw new ConfigurationException(
                    "jail '" + readers.get(0).name() + "': logpath " + refused.getMessage(), refused);
        }
        return made;
    }

    private FilterJudge judge(List<ActiveJail> readers, @Nullable FilterFeed earlier) {
        List<Applied> applied = new ArrayList<>();
        for (ActiveJail jail : readers) {
            Charset encoding = encoding(jail.settings());
            Applied same = null;
            if (earlier != null) {
                same = earlier.judge(0).applied().stream()
                        .filter(each -> each.jail() == jail.number()
                                && each.evaluator().filter() == jail.filter()
                                && each.evaluator().options().encoding().equals(encoding))
                        .findFirst()
                        .orElse(null);
            }
            applied.add(
                    same != null
                            ? same
                            : new Applied(
                                    jail.number(),
                                    jail.name(),
                                    jail.meter(),
                                    new FilterEvaluator(
                                            jail.filter(), EvaluationOptions.STANDARD.withEncoding(encoding))));
        }
        return new FilterJudge(applied, deferred);
    }

    /** What is too old to count for any of the jails is not read; what was read by an earlier run is not either. */
    private List<LineSource> open(SourceKey key, List<ActiveJail> readers) {
        Duration past = readers.stream()
                .map(ActiveJail::findTime)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        Instant since = Instant.now().minus(past);
        LogDates dates = new LogDates(readers.get(0).filter().newDetector());
        FileOptions files = FileOptions.DEFAULT.withStart(key.tail() ? FileStart.END : FileStart.since(since, dates));
        if (state != null) {
            files = files.withState(state);
        }
        if (key.spec() instanceof SourceSpec.FileSpec file) {
            // Not there yet is no mistake here: logs of services that have not started come later.
            return List.of(new FileSource(file.text(), file.pattern(), files, doorbell));
        }
        SourceOptions options = SourceOptions.everything(doorbell)
                .withFiles(files)
                .withJournalStart(key.tail() ? StartAt.END : StartAt.since(since));
        return Sources.open(List.of(key.spec()), options);
    }

    private static Charset encoding(Jail jail) {
        String name = jail.logEncoding();
        if (name.equalsIgnoreCase("auto")) {
            return StandardCharsets.UTF_8;
        }
        Charset encoding = Encodings.named(name);
        if (encoding == null) {
            throw new ConfigurationException(jail.place() + ": jail '" + jail.name() + "': logencoding '" + name
                    + "' is no encoding that is known here; write auto, UTF-8, ISO-8859-1 or the like");
        }
        return encoding;
    }

    /**
     * Closes the sources that others do not have.
     *
     * @param others whose sources stay open
     */
    private void closeAllBut(JailSources others) {
        Set<LineSource> kept = new LinkedHashSet<>();
        others.feeds().forEach(feed -> kept.add(feed.source()));
        for (Feed feed : feeds()) {
            if (!kept.contains(feed.source())) {
                try {
                    feed.source().close();
                } catch (IOException failure) {
                    LOG.warn("{}: did not close: {}", feed.source().status().name(), failure.getMessage());
                }
            }
        }
    }
}
