package io.mdc.doctor;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;

/** Whether names of files and what is printed may hold more than ASCII. */
final class LocaleExamination implements Examination {
    private static final String BEYOND_ASCII = "é";

    @Override
    public List<Finding> examine(Surroundings here) {
        JavaRuntime java = here.java();
        String found = "names of files in " + java.nameEncoding() + ", output in " + java.outputEncoding();
        if (!canWrite(java.nameEncoding()) || !canWrite(java.outputEncoding())) {
            return List.of(Finding.advised(
                    "locale",
                    found + ": names beyond ASCII cannot be expressed",
                    "set LC_ALL=C.UTF-8 before the program starts; ./mdc does where the locale is one of ASCII"));
        }
        return List.of(Finding.fine("locale", found));
    }

    /** One that Java does not know is left to itself. */
    private static boolean canWrite(String encoding) {
        try {
            return Charset.forName(encoding).newEncoder().canEncode(BEYOND_ASCII);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException | UnsupportedOperationException e) {
            return true;
        }
    }
}
