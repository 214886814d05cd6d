package io.mdc.report.chart;

import de.erichseifert.vectorgraphics2d.Document;
import de.erichseifert.vectorgraphics2d.Processors;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import io.mdc.base.AtomicFiles;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Writes pictures. */
public final class PictureFiles {
    private static final int ZOOM = 2;

    private PictureFiles() {}

    /**
     * Writes a PNG file, with two pixels a unit, and an SVG file.
     *
     * @param name of both, without what they end in
     * @return the files
     * @throws IOException if one cannot be written, or there are no fonts to paint with
     */
    public static List<Path> write(Picture picture, Path folder, String name) throws IOException {
        Path png = folder.resolve(name + ".png");
        Path svg = folder.resolve(name + ".svg");
        BufferedImage pixels;
        Document shapes;
        try {
            pixels = pixels(picture);
            shapes = shapes(picture);
        } catch (LinkageError | InternalError e) {
            throw new IOException(
                    "no picture can be painted on this machine: it has no fonts (" + e.getMessage()
                            + "); install fontconfig and a font, such as Debian's fontconfig and fonts-dejavu-core",
                    e);
        }
        Files.createDirectories(folder);
        AtomicFiles.write(png, out -> ImageIO.write(pixels, "png", out));
        AtomicFiles.write(svg, shapes::writeTo);
        return List.of(png, svg);
    }

    private static BufferedImage pixels(Picture picture) {
        BufferedImage image =
                new BufferedImage(ZOOM * picture.width(), ZOOM * picture.height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.scale(ZOOM, ZOOM);
        picture.paint(graphics);
        graphics.dispose();
        return image;
    }

    private static Document shapes(Picture picture) {
        VectorGraphics2D graphics = new VectorGraphics2D();
        picture.paint(graphics);
        return Processors.get("svg")
                .getDocument(graphics.getCommands(), new PageSize(0, 0, picture.width(), picture.height()));
    }
}
