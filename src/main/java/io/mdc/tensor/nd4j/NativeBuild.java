package io.mdc.tensor.nd4j;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Chooses between ND4J's native builds before the first one is loaded: oneDNN with AVX2 instructions where the
 * processor has them and the jar is there, else the plain one, which runs everywhere at about a fifth of the speed.
 */
final class NativeBuild {
    private static final String PROPERTY = "org.bytedeco.javacpp.platform.extension";
    private static final String FAST = "-onednn-avx2";
    private static final String FAST_LIBRARY =
            "/org/nd4j/linalg/cpu/nativecpu/bindings/linux-x86_64-onednn-avx2/libjnind4jcpu.so";

    private NativeBuild() {}

    /** Sets JavaCPP's platform extension unless the user did; has no effect once ND4J is loaded. */
    static synchronized void choose() {
        if (System.getProperty(PROPERTY) == null) {
            boolean fast = hasAvx2() && NativeBuild.class.getResource(FAST_LIBRARY) != null;
            System.setProperty(PROPERTY, fast ? FAST : "");
        }
    }

    static String name() {
        String extension = System.getProperty(PROPERTY, "");
        return extension.isEmpty() ? "plain" : extension.substring(1);
    }

    private static boolean hasAvx2() {
        try {
            String info = Files.readString(Path.of("/proc/cpuinfo"), StandardCharsets.ISO_8859_1);
            return info.contains(" avx2 ") && info.contains(" fma ");
        } catch (IOException e) {
            return false;
        }
    }
}
