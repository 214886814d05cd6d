package io.mdc.data;

import java.nio.file.Path;
import java.util.Map;

/** Where downloaded, unpacked and decoded data is kept between runs. */
public final class Cache {
    private Cache() {}

    /** {@code $MDC_DATA_DIR}, else {@code $XDG_CACHE_HOME/mdc}, else {@code ~/.cache/mdc}; it may not exist yet. */
    public static Path directory() {
        return directory(System.getenv());
    }

    static Path directory(Map<String, String> environment) {
        String own = environment.getOrDefault("MDC_DATA_DIR", "");
        if (!own.isEmpty()) {
            return Path.of(own);
        }
        String shared = environment.getOrDefault("XDG_CACHE_HOME", "");
        return shared.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache", "mdc") : Path.of(shared, "mdc");
    }
}
