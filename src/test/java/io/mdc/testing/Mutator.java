package io.mdc.testing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Damages bytes in the ways in which files are damaged, by accident or by an attacker. */
final class Mutator {
    private static final int MOST_CHANGES = 4;
    private static final long[] SPECIAL = {
        0,
        1,
        -1,
        0x7f,
        0x80,
        0x7fff,
        0x8000,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        1L << 40
    };
    private static final String[] WORDS = {
        "null", "-1", "1e999", "99999999999999999999", "NaN", "[", "{", "\"\"", "[[[[", "\n", "'", "\u0000", "é", "true"
    };

    private enum Change {
        TRUNCATE,
        FLIP,
        INSERT,
        DELETE,
        NUMBER,
        WORD,
        DIGITS,
        DUPLICATE,
        SWAP,
        FILL
    }

    private final RandomGenerator random;

    Mutator(RandomGenerator random) {
        this.random = random;
    }

    byte[] mutate(byte[] seed) {
        byte[] bytes = seed;
        for (int i = random.nextInt(1, MOST_CHANGES + 1); i > 0; i--) {
            bytes = change(bytes, Change.values()[random.nextInt(Change.values().length)]);
        }
        return bytes;
    }

    private byte[] change(byte[] bytes, Change change) {
        int at = random.nextInt(bytes.length + 1);
        int end = Math.min(bytes.length, at + 1 + random.nextInt(1 << random.nextInt(1, 12)));
        byte[] part = Arrays.copyOfRange(bytes, at, Math.max(at, end));
        return switch (change) {
            case TRUNCATE -> Arrays.copyOf(bytes, at);
            case FLIP ->
                replaced(bytes, at, new byte[] {(byte) (at < bytes.length ? bytes[at] ^ (1 << random.nextInt(8)) : 0)});
            case INSERT -> joined(bytes, at, noise(random.nextInt(1, 64)), at);
            case DELETE -> joined(bytes, at, new byte[0], end);
            case NUMBER -> replaced(bytes, at, number());
            case WORD -> joined(bytes, at, word(), random.nextBoolean() ? at : end);
            case DIGITS -> digits(bytes, at);
            case DUPLICATE -> joined(bytes, at, repeated(part, random.nextInt(1, 5)), at);
            case SWAP -> replaced(bytes, random.nextInt(bytes.length + 1), part);
            case FILL -> replaced(bytes, at, filled(part));
        };
    }

    /** Puts {@code middle} in place of what is from {@code end} of the head to {@code next}. */
    private static byte[] joined(byte[] bytes, int end, byte[] middle, int next) {
        byte[] result = Arrays.copyOf(bytes, end + middle.length + bytes.length - Math.max(next, end));
        System.arraycopy(middle, 0, result, end, middle.length);
        System.arraycopy(bytes, Math.max(next, end), result, end + middle.length, bytes.length - Math.max(next, end));
        return result;
    }

    private static byte[] replaced(byte[] bytes, int at, byte[] part) {
        byte[] result = bytes.clone();
        System.arraycopy(part, 0, result, at, Math.min(part.length, bytes.length - at));
        return result;
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    private byte[] filled(byte[] part) {
        byte[] filled = part.clone();
        Arrays.fill(filled, (byte) (random.nextBoolean() ? 0 : 255));
        return filled;
    }

    private static byte[] repeated(byte[] part, int times) {
        byte[] result = new byte[part.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(part, 0, result, i * part.length, part.length);
        }
        return result;
    }

    private byte[] number() {
        long value = SPECIAL[random.nextInt(SPECIAL.length)] + random.nextInt(-1, 2);
        int width = 1 << random.nextInt(4);
        boolean big = random.nextBoolean();
        byte[] bytes = new byte[width];
        for (int i = 0; i < width; i++) {
            bytes[big ? width - 1 - i : i] = (byte) (value >> (8 * i));
        }
        return bytes;
    }

    private byte[] word() {
        return WORDS[random.nextInt(WORDS.length)].getBytes(StandardCharsets.UTF_8);
    }

    /** Makes the first number in digits from there on another one. */
    private byte[] digits(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && !isDigit(bytes[at])) {
            at++;
        }
        int end = at;
        while (end < bytes.length && isDigit(bytes[end])) {
            end++;
        }
        String text = Long.toString(SPECIAL[random.nextInt(SPECIAL.length)] + random.nextInt(-1, 2));
        return joined(bytes, at, text.getBytes(StandardCharsets.UTF_8), end);
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
