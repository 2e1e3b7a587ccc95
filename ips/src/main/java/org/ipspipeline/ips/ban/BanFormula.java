package org.ipspipeline.ips.ban;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * fail2ban's {@code bantime.formula}: the arithmetic of a Python expression, over {@code ban.Time} (the first ban in seconds),
 * {@code ban.Count} (earlier bans) and {@code banFactor}. Understood are numbers, {@code + - * / // % ** << >>}, comparisons,
 * {@code and or not}, {@code a if c else b}, {@code float int round abs min max pow} and the functions of one number in
 * {@code math}. Immutable.
 */
final class BanFormula {

    /** What fail2ban takes when nothing is given: each ban is twice as long as the one before. */
    static final String DEFAULT = "ban.Time * (1<<(ban.Count if ban.Count<20 else 20)) * banFactor";

    private static final Map<String, DoubleUnaryOperator> FUNCTIONS = Map.ofEntries(
            Map.entry("float", x -> x),
            Map.entry("int", x -> x < 0 ? Math.ceil(x) : Math.floor(x)),
            Map.entry("round", Math::rint),
            Map.entry("abs", Math::abs),
            Map.entry("math.exp", Math::exp),
            Map.entry("math.log", Math::log),
            Map.entry("math.log2", x -> Math.log(x) / Math.log(2)),
            Map.entry("math.log10", Math::log10),
            Map.entry("math.sqrt", Math::sqrt),
            Map.entry("math.ceil", Math::ceil),
            Map.entry("math.floor", Math::floor));

    private static final Map<String, DoubleBinaryOperator> FUNCTIONS_OF_TWO =
            Map.of("min", Math::min, "max", Math::max, "pow", Math::pow, "math.pow", Math::pow);

    private final Term term;

    private BanFormula(Term term) {
        this.term = term;
    }

    /** The values that a formula is about. */
    record Input(double time, double count, double factor) {}

    /** A part of a formula. */
    @FunctionalInterface
    private interface Term {
        double of(Input input);
    }

    /**
     * Reads a formula.
     *
     * @throws IllegalArgumentException with a message that says at which character it cannot be understood
     */
    static BanFormula parse(String text) {
        Parser parser = new Parser(text);
        Term term = parser.conditional();
        parser.end();
        return new BanFormula(term);
    }

    /** The length of a ban in seconds. */
    double seconds(double time, int count, double factor) {
        return term.of(new Input(time, count, factor));
    }

    private static final class Parser {

        private static final List<String> SYMBOLS = List.of(
                "**", "//", "<<", ">>", "<=", ">=", "==", "!=", "+", "-", "*", "/", "%", "<", ">", "(", ")", ",");

        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        Term conditional() {
            Term yes = or();
            if (!word("if")) {
                return yes;
            }
            Term condition = or();
            if (!word("else")) {
                throw unexpected("'else'");
            }
            Term no = conditional();
            return input -> condition.of(input) != 0 ? yes.of(input) : no.of(input);
        }

        private Term or() {
            Term left = and();
            while (word("or")) {
                Term one = left;
                Term two = and();
                left = input -> one.of(input) != 0 ? one.of(input) : two.of(input);
            }
            return left;
        }

        private Term and() {
            Term left = not();
            while (word("and")) {
                Term one = left;
                Term two = not();
                left = input -> one.of(input) == 0 ? one.of(input) : two.of(input);
            }
            return left;
        }

        private Term not() {
            if (word("not")) {
                Term term = not();
                return input -> term.of(input) == 0 ? 1 : 0;
            }
            return comparison();
        }

        private Term comparison() {
            Term left = binary(0);
            for (String symbol : List.of("<=", ">=", "==", "!=", "<", ">")) {
                if (symbol(symbol)) {
                    Term right = binary(0);
                    return input -> compare(symbol, left.of(input), right.of(input)) ? 1 : 0;
                }
            }
            return left;
        }

        private static boolean compare(String symbol, double left, double right) {
            return switch (symbol) {
                case "<=" -> left <= right;
                case ">=" -> left >= right;
                case "==" -> left == right;
                case "!=" -> left != right;
                case "<" -> left < right;
                default -> left > right;
            };
        }

        private static final List<List<String>> LEVELS =
                List.of(List.of("<<", ">>"), List.of("+", "-"), List.of("*", "//", "/", "%"));

        private Term binary(int level) {
            if (level == LEVELS.size()) {
                return unary();
            }
            Term left = binary(level + 1);
            while (true) {
                String symbol = anyOf(LEVELS.get(level));
                if (symbol.isEmpty()) {
                    return left;
                }
                Term one = left;
                Term two = binary(level + 1);
                left = input -> calculate(symbol, one.of(input), two.of(input));
            }
        }

        private static double calculate(String symbol, double left, double right) {
            return switch (symbol) {
                case "<<" -> left * Math.pow(2, right);
                case ">>" -> Math.floor(left / Math.pow(2, right));
                case "+" -> left + right;
                case "-" -> left - right;
                case "*" -> left * right;
                case "/" -> left / right;
                case "//" -> Math.floor(left / right);
                default -> left - right * Math.floor(left / right);
            };
        }

        private Term unary() {
            if (symbol("-")) {
                Term term = unary();
                return input -> -term.of(input);
            }
            if (symbol("+")) {
                return unary();
            }
            Term base = primary();
            if (symbol("**")) {
                Term exponent = unary();
                return input -> Math.pow(base.of(input), exponent.of(input));
            }
            return base;
        }

        private Term primary() {
            if (symbol("(")) {
                Term term = conditional();
                expect(")");
                return term;
            }
            skipBlanks();
            int start = at;
            while (at < text.length() && isWordCharacter(text.charAt(at))) {
                at++;
            }
            String word = text.substring(start, at);
            if (word.isEmpty()) {
                throw unexpected("a number, a name or '('");
            }
            if (Character.isDigit(word.charAt(0)) || word.charAt(0) == '.') {
                return number(word, start);
            }
            return switch (word) {
                case "ban.Time" -> Input::time;
                case "ban.Count" -> Input::count;
                case "banFactor" -> Input::factor;
                case "math.pi" -> input -> Math.PI;
                case "math.e" -> input -> Math.E;
                default -> call(word, start);
            };
        }

        private Term number(String word, int start) {
            try {
                double value = Double.parseDouble(word);
                return input -> value;
            } catch (NumberFormatException e) {
                at = start;
                throw unexpected("a number");
            }
        }

        private Term call(String name, int start) {
            DoubleUnaryOperator ofOne = FUNCTIONS.get(name);
            DoubleBinaryOperator ofTwo = FUNCTIONS_OF_TWO.get(name);
            if (ofOne == null && ofTwo == null) {
                at = start;
                throw unexpected("ban.Time, ban.Count, banFactor or a function of math instead of '" + name + "'");
            }
            expect("(");
            List<Term> arguments = new ArrayList<>(List.of(conditional()));
            while (symbol(",")) {
                arguments.add(conditional());
            }
            expect(")");
            if (ofOne != null && arguments.size() == 1) {
                Term argument = arguments.get(0);
                return input -> ofOne.applyAsDouble(argument.of(input));
            }
            if (ofTwo != null && arguments.size() > 1) {
                return input -> arguments.stream()
                        .mapToDouble(argument -> argument.of(input))
                        .reduce(ofTwo)
                        .orElseThrow();
            }
            throw unexpected("another number of arguments of '" + name + "'");
        }

        void end() {
            skipBlanks();
            if (at < text.length()) {
                throw unexpected("an operator");
            }
        }

        private void expect(String symbol) {
            if (!symbol(symbol)) {
                throw unexpected("'" + symbol + "'");
            }
        }

        private String anyOf(List<String> symbols) {
            return symbols.stream().filter(this::symbol).findFirst().orElse("");
        }

        /** Takes a symbol if it stands here, and is not the beginning of a longer one. */
        private boolean symbol(String symbol) {
            skipBlanks();
            String here = SYMBOLS.stream()
                    .filter(candidate -> text.startsWith(candidate, at))
                    .findFirst()
                    .orElse("");
            if (here.equals(symbol)) {
                at += symbol.length();
                return true;
            }
            return false;
        }

        private boolean word(String word) {
            skipBlanks();
            int end = at + word.length();
            if (text.startsWith(word, at) && (end == text.length() || !isWordCharacter(text.charAt(end)))) {
                at = end;
                return true;
            }
            return false;
        }

        private static boolean isWordCharacter(char c) {
            return Character.isLetterOrDigit(c) || c == '.' || c == '_';
        }

        private void skipBlanks() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        private IllegalArgumentException unexpected(String expected) {
            return new IllegalArgumentException(
                    "bantime.formula: character " + (at + 1) + ": expected " + expected + " in: " + text);
        }
    }
}
