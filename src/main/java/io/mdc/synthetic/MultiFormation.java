package io.mdc.synthetic;

import io.mdc.tensor.ImageOps;
import io.mdc.tensor.Rectangle;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.Warp;

/**
 * Multi-formation: every stored image holds f×f training images as tiles, each enlarged bilinearly to full size (Kim et
 * al., "Dataset Condensation via Efficient Synthetic-Data Parameterization", 2022; paper App. B.1).
 *
 * <p>If f does not divide the size, the image is continued to the right and below with 0.5. Decoded image d of a set of
 * stored images is tile {@code d mod f²} (in row order) of stored image {@code ⌊d / f²⌋}. The authors' files are
 * tile-major instead.
 */
public final class MultiFormation {
    private static final double PADDING = 0.5;

    private final int factor;
    private final int height;
    private final int width;
    private final Warp[] tiles;

    /**
     * For stored images of {@code height × width}.
     *
     * @throws IllegalArgumentException if a tile would be smaller than a pixel
     */
    public MultiFormation(int factor, int height, int width) {
        if (factor < 1 || factor > Math.min(height, width)) {
            throw new IllegalArgumentException("--factor " + factor + ": must be from 1 to " + Math.min(height, width)
                    + " for images of " + height + "×" + width);
        }
        this.factor = factor;
        this.height = height;
        this.width = width;
        tiles = new Warp[factor * factor];
        int tileHeight = tile(height);
        int tileWidth = tile(width);
        for (int k = 0; k < tiles.length; k++) {
            tiles[k] = Warp.enlargeTile(
                    height,
                    width,
                    k / factor * tileHeight,
                    k % factor * tileWidth,
                    tileHeight,
                    tileWidth,
                    PADDING,
                    height,
                    width);
        }
    }

    /** Training images per stored image, f². */
    public int tilesPerImage() {
        return tiles.length;
    }

    /**
     * Decodes.
     *
     * @param stored {@code [N, C, H, W]}, read only
     * @param decoded numbers of the decoded images wanted
     * @param out {@code [decoded.length, C, H, W]}, overwritten
     */
    public void decode(ImageOps ops, Tensor stored, int[] decoded, Tensor out) {
        ops.warp(stored, sources(decoded), warps(decoded), out);
    }

    /**
     * The adjoint of {@link #decode}'s linear part.
     *
     * @param gradient {@code [decoded.length, C, H, W]} with respect to the decoded images, read only
     * @param out {@code [N, C, H, W]} with respect to the stored images, overwritten
     */
    public void adjoint(ImageOps ops, Tensor gradient, int[] decoded, Tensor out) {
        ops.warpAdjoint(gradient, sources(decoded), warps(decoded), out);
    }

    /**
     * The pixels of tile k of a stored image; tiles at the right and lower edge are smaller if f does not divide the
     * size.
     */
    Rectangle tile(int k, int imageHeight, int imageWidth) {
        int top = Math.min(imageHeight, k / factor * tile(imageHeight));
        int left = Math.min(imageWidth, k % factor * tile(imageWidth));
        return new Rectangle(
                top,
                Math.min(imageHeight, top + tile(imageHeight)),
                left,
                Math.min(imageWidth, left + tile(imageWidth)));
    }

    /** The map that shrinks a whole real image into tile k. */
    Warp shrink(int k) {
        return Warp.shrinkInto(height, width, tile(k, height, width));
    }

    private int tile(int extent) {
        return (extent + factor - 1) / factor;
    }

    private int[] sources(int[] decoded) {
        int[] sources = new int[decoded.length];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = decoded[i] / tiles.length;
        }
        return sources;
    }

    private Warp[] warps(int[] decoded) {
        Warp[] warps = new Warp[decoded.length];
        for (int i = 0; i < warps.length; i++) {
            warps[i] = tiles[decoded[i] % tiles.length];
        }
        return warps;
    }
}
