package org.ipspipeline.benchmarks.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ipspipeline.loadgen.attack.Family;
import org.ipspipeline.loadgen.testbed.ReportedValues;

/**
 * What the parts can do alone on this machine.
 *
 * @param sender packets a second that the sender gets through the interface, all dropped there by XDP, by family
 * @param serverRing requests a second that the server alone receives and logs to a ring, under a flood
 * @param serverFile requests a second that the server alone receives and logs to a file, under a flood
 */
record Calibration(Map<Family, Double> sender, double serverRing, double serverFile) {

    double senderPps(Family family) {
        return sender.getOrDefault(family, 0.0);
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        Map<String, Object> families = new LinkedHashMap<>();
        sender.forEach((family, pps) -> families.put(family.toString(), Math.rint(pps)));
        json.put("sender_pps", families);
        json.put("server_ring_requests_per_s", Math.rint(serverRing));
        json.put("server_file_requests_per_s", Math.rint(serverFile));
        return json;
    }

    static Calibration fromJson(Map<String, Object> json) {
        Map<Family, Double> sender = new LinkedHashMap<>();
        for (Family family : Family.values()) {
            sender.put(family, ReportedValues.number(json, "sender_pps", family.toString()));
        }
        return new Calibration(
                sender,
                ReportedValues.number(json, "server_ring_requests_per_s"),
                ReportedValues.number(json, "server_file_requests_per_s"));
    }
}
