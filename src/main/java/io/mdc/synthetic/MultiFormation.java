package io.mdc.synthetic;

import io.mdc.tensor.ImageOps;
import io.mdc.tensor.Rectangle;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.Warp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Multi-formation: every stored image holds f×f training images as tiles, each enlarged bilinearly to full size (Kim et
 * al., "Dataset Condensation via Efficient Synthetic-Data Parameterization", 2022; paper App. B.1).
 *
 * <p>If f does not divide the size, the image is continued to the right and below with 0.5. Training images are in the
 * order of their stored images, tiles in row order. The authors' files are tile-major instead. Several threads may
 * decode at once.
 */
public final class MultiFormation {
    private static final double PADDING = 0.5;

    private final int factor;
    private final int height;
    private final int width;
    private final Map<Integer, Warp[]> enlargements = new ConcurrentHashMap<>();

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
    }

    private Warp[] enlargements(int f) {
        Warp[] warps = new Warp[f * f];
        int tileHeight = (height + f - 1) / f;
        int tileWidth = (width + f - 1) / f;
        for (int k = 0; k < warps.length; k++) {
            warps[k] = f == 1
                    ? Warp.identity(height, width)
                    : Warp.enlargeTile(
                            height,
                            width,
                            k / f * tileHeight,
                            k % f * tileWidth,
                            tileHeight,
                            tileWidth,
                            PADDING,
                            height,
                            width);
        }
        return warps;
    }

    /** Training images per stored image, f². */
    public int tilesPerImage() {
        return factor * factor;
    }

    /** All tiles of the first {@code images} stored images, image by image. */
    public List<Tile> full(int images) {
        List<Tile> all = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            add(all, i, factor);
        }
        return all;
    }

    /**
     * "Bound" decoding of {@code images} stored images into at most {@code most} tiles, unless there are more images.
     *
     * <p>For each factor g from f down to 2, with p tiles placed and l images left, the next {@code ⌊(most − p −
     * l)/g²⌋} images are cut into g² tiles; the last images are taken whole (docs/method.md, ImageNet-10; the rule is
     * that of the code of Kim et al., 2022).
     */
    public List<Tile> bounded(int images, int most) {
        List<Tile> all = new ArrayList<>();
        int next = 0;
        for (int f = factor; f >= 1; f--) {
            int left = images - next;
            int room = Math.max(0, most - all.size() - left);
            int count = f == 1 ? left : Math.min(room / (f * f), left);
            for (int i = 0; i < count; i++) {
                add(all, next++, f);
            }
        }
        return all;
    }

    private static void add(List<Tile> tiles, int image, int factor) {
        for (int place = 0; place < factor * factor; place++) {
            tiles.add(new Tile(image, factor, place));
        }
    }

    /**
     * Decodes.
     *
     * @param stored {@code [N, C, H, W]}, read only
     * @param wanted the training images wanted
     * @param out {@code [wanted.size(), C, H, W]}, overwritten
     */
    public void decode(ImageOps ops, Tensor stored, List<Tile> wanted, Tensor out) {
        ops.warp(stored, sources(wanted), warps(wanted), out);
    }

    /**
     * The adjoint of {@link #decode}'s linear part.
     *
     * @param gradient {@code [decoded.size(), C, H, W]} with respect to the decoded images, read only
     * @param out {@code [N, C, H, W]} with respect to the stored images, overwritten
     */
    public void adjoint(ImageOps ops, Tensor gradient, List<Tile> decoded, Tensor out) {
        ops.warpAdjoint(gradient, sources(decoded), warps(decoded), out);
    }

    /**
     * {@link #adjoint(ImageOps, Tensor, List, Tensor)} for some of the stored images; several threads may do others.
     *
     * @param first stored image
     * @param end one after the last stored image
     * @param out rows {@code first} to {@code end} are overwritten
     */
    public void adjoint(ImageOps ops, Tensor gradient, DecodedBatch decoded, int first, int end, Tensor out) {
        int from = decoded.prefix(first);
        int to = decoded.prefix(end);
        Tensor some = out.rows(first, end);
        if (from == to) {
            some.set(new float[Math.toIntExact(some.size())]);
            return;
        }
        List<Tile> tiles = decoded.tiles().subList(from, to);
        int[] sources = tiles.stream().mapToInt(tile -> tile.image() - first).toArray();
        ops.warpAdjoint(gradient.rows(from, to), sources, warps(tiles), some);
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

    private static int[] sources(List<Tile> decoded) {
        return decoded.stream().mapToInt(Tile::image).toArray();
    }

    private Warp[] warps(List<Tile> decoded) {
        return decoded.stream()
                .map(tile -> enlargements.computeIfAbsent(tile.factor(), this::enlargements)[tile.place()])
                .toArray(Warp[]::new);
    }
}
