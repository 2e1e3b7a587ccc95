package org.ipspipeline.benchmarks.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The thesis's tables 3.1 and 3.2 beside what was measured here. */
final class AddressTablesView {

    private static final List<String> FAMILIES = List.of("ipv4", "ipv6", "both");
    private static final Map<String, List<String>> THESIS_COLLISIONS = Map.of(
            "65534", List.of("5.33", "5.29", "5.28"),
            "131068", List.of("10.17", "10.17", "10.15"),
            "600011", List.of("36.81", "36.77", "36.80"));

    private final Map<String, Object> tables;

    AddressTablesView(Map<String, Object> tables) {
        this.tables = tables;
    }

    void show(Html page) {
        page.heading(2, "The tables of the thesis");
        page.heading(3, "Table 3.1: new addresses that meet an occupied place, 600,011 places, in percent");
        List<List<String>> collisions = new ArrayList<>();
        for (String addresses : List.of("65534", "131068", "600011")) {
            List<String> row = new ArrayList<>(List.of(Numbers.whole(Double.parseDouble(addresses)) + " addresses"));
            FAMILIES.forEach(family -> row.add(value("collisions_percent", addresses, family)));
            row.addAll(THESIS_COLLISIONS.getOrDefault(addresses, List.of()));
            collisions.add(row);
        }
        page.table(List.of("", "IPv4", "IPv6", "both", "*thesis, IPv4", "*IPv6", "*both"), collisions);
        page.heading(3, "Table 3.2: 10,000,000 conversions of an address to text, in seconds");
        page.table(
                List.of("", "IPv4", "IPv6"),
                List.of(
                        List.of("ours", value("conversions_s", "ours", "ipv4"), value("conversions_s", "ours", "ipv6")),
                        List.of(
                                "the JDK",
                                value("conversions_s", "jdk", "ipv4"),
                                value("conversions_s", "jdk", "ipv6")),
                        List.of("the thesis: its own", "0.21", "0.53"),
                        List.of("the thesis: inet_ntop", "1.29", "3.98")));
    }

    private String value(String... path) {
        @Nullable Object value = tables;
        for (String key : path) {
            value = value instanceof Map<?, ?> object ? object.get(key) : null;
        }
        return value instanceof Number number ? Numbers.decimal(number.doubleValue()) : "–";
    }
}
