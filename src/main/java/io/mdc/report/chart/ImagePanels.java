package io.mdc.report.chart;

import io.mdc.report.ImageSheet;
import io.mdc.report.PixelSource;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sheets of images side by side, each with a title, some of their images in frames.
 *
 * @param panels from the left; copied
 * @param rows texts beside the rows; copied
 * @param theme colours
 */
public record ImagePanels(List<Panel> panels, List<String> rows, Theme theme) implements Picture {
    private static final int LEFT = 10;
    private static final int TOP = 40;
    private static final int GAP = 24;
    private static final int BETWEEN_IMAGES = 2;
    private static final int FRAME = 3;
    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

    /**
     * A sheet.
     *
     * @param title above it
     * @param sheet sizes
     * @param pixels what is in it
     * @param row of the image in a frame
     * @param column of the image in a frame; negative for none
     */
    public record Panel(String title, ImageSheet sheet, PixelSource pixels, int row, int column) {
        int imageHeight() {
            return sheet.height() * sheet.zoom() + BETWEEN_IMAGES;
        }

        int imageWidth() {
            return sheet.width() * sheet.zoom() + BETWEEN_IMAGES;
        }

        /** Of the images and what is between them and the next, or of the title. */
        int width(String shown) {
            return Math.max(sheet.columns() * imageWidth(), widthOf(shown)) + GAP;
        }
    }

    /** Copies the lists. */
    public ImagePanels {
        panels = List.copyOf(panels);
        rows = List.copyOf(rows);
    }

    @Override
    public int width() {
        return left()
                + IntStream.range(0, panels.size())
                        .map(i -> panels.get(i).width(title(i)))
                        .sum();
    }

    /** Where the images begin, after the texts beside them. */
    private int left() {
        return 2 * LEFT + rows.stream().mapToInt(ImagePanels::widthOf).max().orElse(0);
    }

    private String title(int panel) {
        return "(" + (char) ('a' + panel) + ") " + panels.get(panel).title();
    }

    private static int widthOf(String text) {
        return (int) Math.ceil(FONT.getStringBounds(text, new FontRenderContext(null, true, true))
                .getWidth());
    }

    @Override
    public int height() {
        return TOP
                + GAP
                + panels.stream()
                        .mapToInt(panel -> panel.sheet().rows() * panel.imageHeight())
                        .max()
                        .orElse(0);
    }

    @Override
    public void paint(Graphics2D to) {
        to.setColor(theme.background());
        to.fill(new Rectangle2D.Double(0, 0, width(), height()));
        to.setFont(FONT);
        int x = left();
        for (int i = 0; i < panels.size(); i++) {
            Panel panel = panels.get(i);
            BufferedImage drawn = panel.sheet().draw(panel.pixels());
            to.drawImage(drawn, x, TOP, null);
            to.setColor(theme.foreground());
            to.drawString(title(i), x, TOP - 12);
            if (panel.column() >= 0) {
                frame(to, panel, x, theme.series(i + 1));
            }
            x += panel.width(title(i));
        }
        to.setColor(theme.foreground());
        for (int row = 0; row < rows.size() && !panels.isEmpty(); row++) {
            int height = panels.get(0).imageHeight();
            to.drawString(rows.get(row), LEFT, TOP + row * height + height / 2 + FONT.getSize() / 2);
        }
    }

    private static void frame(Graphics2D to, Panel panel, int x, Color colour) {
        to.setColor(colour);
        to.setStroke(new BasicStroke(FRAME));
        to.draw(new Rectangle2D.Double(
                x + panel.column() * panel.imageWidth() + 1,
                TOP + panel.row() * panel.imageHeight() + 1,
                panel.imageWidth(),
                panel.imageHeight()));
    }
}
