package org.ipspipeline.ips.match.syntax;

/**
 * How many bits a byte tells in a log, roughly: what is frequent in time stamps, paths and plain words tells little. It only decides
 * which of several literals is looked for; no verdict depends on it.
 */
final class ByteRarity {

    private static final double DIGIT = 3.5;
    private static final double COMMON_LETTER = 4.5;
    private static final double LETTER = 6;
    private static final double COMMON_SIGN = 3.5;
    private static final double SIGN = 7;
    private static final double CAPITAL = 7.5;
    private static final double OTHER = 9;

    private ByteRarity() {}

    static double of(byte[] bytes) {
        double bits = 0;
        for (byte value : bytes) {
            bits += of(value);
        }
        return bits;
    }

    private static double of(byte value) {
        if (value >= '0' && value <= '9') {
            return DIGIT;
        }
        if (value >= 'a' && value <= 'z') {
            return "etaoinsrdl".indexOf(value) >= 0 ? COMMON_LETTER : LETTER;
        }
        if (" .:-/=[]".indexOf(value) >= 0) {
            return COMMON_SIGN;
        }
        if (value >= 'A' && value <= 'Z') {
            return CAPITAL;
        }
        return value > ' ' ? SIGN : OTHER;
    }
}
