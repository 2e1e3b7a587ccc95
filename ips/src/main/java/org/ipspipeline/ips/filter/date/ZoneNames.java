package org.ipspipeline.ips.filter.date;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Time zones as log lines name them: an offset, an abbreviation, or both ({@code CET+0100}). An abbreviation is a fixed
 * offset; where several zones share it, it means what fail2ban takes it for.
 */
final class ZoneNames {

    /** Of a name that is no zone. */
    static final int UNKNOWN = Integer.MIN_VALUE;

    private static final Pattern NAME = Pattern.compile("([A-Z](?:[A-Z]{2,4})?)?(?:([+-])([01]\\d)(?::?(\\d{2}))?)?");

    private static final Map<String, Integer> ABBREVIATIONS = new HashMap<>();

    static {
        // West of Greenwich.
        hours(-12, "Y");
        hours(-11, "X", "NUT", "SST");
        hours(-10, "W", "CKT", "HAST", "HST", "TAHT", "TKT");
        minutes(-570, "MART", "MIT");
        hours(-9, "V", "AKST", "GAMT", "GIT", "HADT", "HNY");
        hours(-8, "U", "AKDT", "CIST", "HAY", "HNP", "PST", "PT");
        hours(-7, "T", "HAP", "HNR", "MST", "PDT");
        hours(-6, "S", "CST", "EAST", "GALT", "HAR", "HNC", "MDT");
        hours(-5, "R", "CDT", "COT", "EASST", "ECT", "EST", "ET", "HAC", "HNE", "PET");
        minutes(-270, "HLV", "VET");
        hours(-4, "Q", "AST", "BOT", "CLT", "COST", "EDT", "FKT", "GYT", "HAE", "HNA", "PYT");
        minutes(-210, "HNT", "NST", "NT");
        hours(-3, "P", "ADT", "ART", "BRT", "CLST", "FKST", "GFT", "HAA", "PMST", "PYST", "SRT", "UYT", "WGT");
        minutes(-150, "HAT", "NDT");
        hours(-2, "O", "BRST", "FNT", "PMDT", "UYST", "WGST");
        hours(-1, "N", "AZOT", "CVT", "EGT");
        // Greenwich and east of it.
        hours(0, "", "Z", "EGST", "GMT", "UTC", "WET", "WT");
        hours(1, "A", "CET", "DFT", "WAT", "WEDT", "WEST");
        hours(2, "B", "CAT", "CEDT", "CEST", "EET", "SAST", "WAST");
        hours(3, "C", "EAT", "EEDT", "EEST", "IDT", "MSK");
        minutes(210, "IRST");
        hours(4, "D", "AMT", "AZT", "GET", "GST", "KUYT", "MSD", "MUT", "RET", "SAMT", "SCT");
        minutes(270, "AFT", "IRDT");
        hours(5, "E", "AMST", "AQTT", "AZST", "HMT", "MAWT", "MVT", "PKT", "TFT", "TJT", "TMT", "UZT", "YEKT");
        minutes(330, "SLT");
        minutes(345, "NPT");
        hours(6, "F", "ALMT", "BIOT", "BTT", "IOT", "KGT", "NOVT", "OMST", "YEKST");
        minutes(390, "CCT", "MMT");
        hours(7, "G", "CXT", "DAVT", "HOVT", "ICT", "KRAT", "NOVST", "OMSST", "THA", "WIB");
        hours(8, "H", "ACT", "AWST", "BDT", "BNT", "CAST", "HKT", "IRKT", "KRAST", "MYT", "PHT", "SGT", "ULAT");
        hours(8, "WITA", "WST");
        hours(9, "I", "AWDT", "IRKST", "JST", "KST", "PWT", "TLT", "WDT", "WIT", "YAKT");
        minutes(570, "ACST");
        hours(10, "K", "AEST", "PGT", "VLAT", "YAKST", "YAPT");
        minutes(630, "ACDT", "LHST");
        hours(11, "L", "AEDT", "LHDT", "MAGT", "NCT", "PONT", "SBT", "VLAST", "VUT");
        minutes(690, "NFT");
        hours(12, "M", "ANAST", "ANAT", "FJT", "GILT", "MAGST", "MHT", "NZST", "PETST", "PETT", "TVT", "WFT");
        hours(13, "FJST", "NZDT");
    }

    private ZoneNames() {}

    /** The offset from Greenwich, positive to the east, or {@link #UNKNOWN}. */
    static int offsetMinutes(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return UNKNOWN;
        }
        Integer base = ABBREVIATIONS.get(matcher.group(1) == null ? "" : matcher.group(1));
        if (base == null) {
            return UNKNOWN;
        }
        if (matcher.group(2) == null) {
            return base;
        }
        int minutes = 60 * Integer.parseInt(matcher.group(3));
        if (matcher.group(4) != null) {
            minutes += Integer.parseInt(matcher.group(4));
        }
        return base + (matcher.group(2).equals("-") ? -minutes : minutes);
    }

    private static void hours(int hours, String... names) {
        minutes(60 * hours, names);
    }

    private static void minutes(int minutes, String... names) {
        for (String name : names) {
            ABBREVIATIONS.put(name, minutes);
        }
    }
}
