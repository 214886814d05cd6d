package io.mdc.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.mdc.base.AtomicFiles;
import io.mdc.setting.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a page as one HTML file that loads nothing. */
public final class HtmlPage {
    /** Among the first bytes of every report; a file with it may be replaced. */
    private static final String SIGN = "<meta name=\"generator\" content=\"mdc report\"";

    private static final int HEAD = 400;

    private HtmlPage() {}

    /** The page as HTML. */
    public static String text(Page page) {
        StringOutput text = new StringOutput();
        TemplateEngine.createPrecompiled(ContentType.Html).render("page.jte", page, text);
        return text.toString();
    }

    /**
     * Makes sure that a report can be written to a file.
     *
     * @throws ConfigException if something else than an earlier report is in its place, or its folder cannot be made
     */
    public static void requireFree(Path file) {
        if (Files.isDirectory(file)) {
            throw new ConfigException("out", file, "is a directory; name a file in it");
        }
        try {
            if (Files.exists(file) && !isReport(file)) {
                throw new ConfigException("out", file, "exists already and is no report; name another file");
            }
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new ConfigException("out", file, "cannot be written: " + e.getMessage());
        }
    }

    /** Writes a page; an earlier report in its place is replaced, in one step. */
    public static void write(Page page, Path file) throws IOException {
        requireFree(file);
        AtomicFiles.write(file, text(page));
    }

    private static boolean isReport(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(HEAD), StandardCharsets.UTF_8).contains(SIGN);
        }
    }
}
