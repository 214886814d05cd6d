package io.mdc.cli;

import io.mdc.report.sheet.Format;
import io.mdc.setting.ConfigException;
import io.mdc.setting.TextForm;
import java.util.Iterator;

/** The names of the formats of tables, for help, and which of them was asked for. */
final class FormatNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return TextForm.names(Format.class).iterator();
    }

    /** The format by the options {@code --format}, null if it was not given, and {@code --json}. */
    static Format chosen(String format, boolean json) {
        Format wanted = format == null ? Format.TEXT : TextForm.parseConstant("format", Format.class, format);
        if (json && format != null && wanted != Format.JSON) {
            throw new ConfigException("--json: is the same as --format json; give one of them");
        }
        return json ? Format.JSON : wanted;
    }
}
