package io.mdc.doctor;

/** What a directory is written for, and what that takes. */
public enum Use {
    /** Downloaded, unpacked and decoded data, and networks trained on it: CIFAR-10 takes half a gigabyte. */
    DATA("data and cache", 1000, "free some, or set MDC_DATA_DIR to another directory"),
    /** Native libraries, unpacked at the first start. */
    LIBRARIES(
            "libraries",
            400,
            "free some, or start with MDC_JAVA_OPTS=-Dorg.bytedeco.javacpp.cachedir=DIR for another directory"),
    /** Runs that are not given a directory of their own. */
    RUNS("runs", 200, "free some, or start in another directory, or name one with --out"),
    /** Stack traces of failures, and what is being unpacked. */
    TEMPORARY("temporary files", 50, "free some, or start with MDC_JAVA_OPTS=-Djava.io.tmpdir=DIR for another one");

    private final String subject;
    private final long megabytes;
    private final String advice;

    Use(String subject, long megabytes, String advice) {
        this.subject = subject;
        this.megabytes = megabytes;
        this.advice = advice;
    }

    String subject() {
        return subject;
    }

    /** Room that should be free. */
    long megabytes() {
        return megabytes;
    }

    String advice() {
        return advice;
    }
}
