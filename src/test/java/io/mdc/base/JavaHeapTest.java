package io.mdc.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaHeapTest {
    @ParameterizedTest
    @CsvSource({"1,1", "1073741824,1", "1073741825,2", "8226000000,8", "8589934592,8"})
    void aSettingGivesAtLeastWhatIsNeeded(long bytes, int gigabytes) {
        assertEquals("MDC_HEAP=" + gigabytes + "g", JavaHeap.setting(bytes));
    }

    @Test
    void theHeapHasSomeBytes() {
        assertTrue(JavaHeap.bytes() >= Runtime.getRuntime().totalMemory());
    }
}
