package io.mdc.report.sheet;

import java.util.List;

/** The ways to write tables, by name. */
public enum Format implements SheetFormat {
    /** Columns that line up. */
    TEXT(new TextFormat()),
    /** Tables as GitHub and most others read them. */
    MARKDOWN(new MarkdownFormat()),
    /** RFC 4180, for spreadsheets; every table has its labels as first columns. */
    CSV(new CsvFormat()),
    /** {@code tabular} environments without packages. */
    LATEX(new LatexFormat()),
    /** An array with an object per table. */
    JSON(new JsonFormat());

    @SuppressWarnings("ImmutableEnumChecker") // implementations keep nothing
    private final SheetFormat format;

    Format(SheetFormat format) {
        this.format = format;
    }

    @Override
    public String write(List<Sheet> sheets) {
        return format.write(sheets);
    }
}
