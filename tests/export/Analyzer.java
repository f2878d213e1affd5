// Runs the character filters of exported settings over texts, as Elasticsearch would: patterns with Java's own
// regular expressions, normalization with Java's own normalizer, mappings by a model of Lucene's MappingCharFilter:
// from left to right the longest key that begins here is replaced, and what was written is not read again.
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.*;
import java.util.function.UnaryOperator;
import java.util.regex.*;

public class Analyzer {
    static final Pattern RULE = Pattern.compile("(.*)\\s*=>\\s*(.*)\\s*$");

    public static void main(String[] args) throws IOException {
        List<UnaryOperator<String>> filters = new ArrayList<>();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        StringBuilder out = new StringBuilder(); // written when all is read: a full pipe would stop both sides
        for (String line; (line = in.readLine()) != null; ) {
            String[] fields = line.split(" ");
            for (int i = 1; i < fields.length; i++) fields[i] = decoded(fields[i]);
            switch (fields[0]) {
                case "new" -> filters.clear();
                case "mapping" -> filters.add(mapping(fields));
                case "pattern_replace" -> filters.add(replace(Pattern.compile(fields[1]), fields[2]));
                case "icu_normalizer" -> filters.add(text -> Normalizer.normalize(text, Normalizer.Form.valueOf(fields[1])));
                case "text" -> {
                    String text = fields[1];
                    for (UnaryOperator<String> filter : filters) text = filter.apply(text);
                    out.append(encoded(text)).append('\n');
                }
                default -> {
                    System.out.print(out);
                    System.out.flush();
                    out.setLength(0);
                }
            }
        }
    }

    static UnaryOperator<String> replace(Pattern pattern, String replacement) {
        return text -> {
            Matcher matcher = pattern.matcher(text);
            StringBuilder out = new StringBuilder();
            while (matcher.find()) matcher.appendReplacement(out, replacement);
            return matcher.appendTail(out).toString();
        };
    }

    static UnaryOperator<String> mapping(String[] rules) {
        Map<String, String> table = new HashMap<>();
        int longest = 0;
        for (int i = 1; i < rules.length; i++) {
            Matcher rule = RULE.matcher(rules[i]);
            if (!rule.find()) throw new IllegalArgumentException(rules[i]);
            String key = unescaped(rule.group(1).trim());
            if (key.isEmpty()) throw new IllegalArgumentException("empty key: " + rules[i]);
            if (table.put(key, unescaped(rule.group(2).trim())) != null)
                throw new IllegalArgumentException("twice: " + rules[i]);
            longest = Math.max(longest, key.length());
        }
        final int most = longest;
        return text -> {
            StringBuilder out = new StringBuilder();
            for (int at = 0; at < text.length(); ) {
                int size = Math.min(most, text.length() - at);
                while (size > 0 && !table.containsKey(text.substring(at, at + size))) size--;
                out.append(size == 0 ? text.substring(at, at + 1) : table.get(text.substring(at, at + size)));
                at += Math.max(size, 1);
            }
            return out.toString();
        };
    }

    static String unescaped(String text) {
        StringBuilder out = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            c = text.charAt(++at);
            if (c == 'u') {
                out.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
                at += 4;
            } else {
                int known = "\\ntrbf".indexOf(c);
                out.append(known < 0 ? c : "\\\n\t\r\b\f".charAt(known));
            }
        }
        return out.toString();
    }

    static String decoded(String hex) {
        StringBuilder out = new StringBuilder();
        if (!hex.equals("-"))
            for (int i = 0; i < hex.length(); i += 4) out.append((char) Integer.parseInt(hex.substring(i, i + 4), 16));
        return out.toString();
    }

    static String encoded(String text) {
        StringBuilder out = new StringBuilder(text.isEmpty() ? "-" : "");
        for (int i = 0; i < text.length(); i++) out.append(String.format("%04x", (int) text.charAt(i)));
        return out.toString();
    }
}
