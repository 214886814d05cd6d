package io.mdc.tensor.tiled;

/** What a thread works with in {@link TiledChainOps}; {@link TiledChainWork} cuts it to the size of a call. */
final class ChainWorkspace {
    private static final ThreadLocal<ChainWorkspace> OWN = ThreadLocal.withInitial(ChainWorkspace::new);

    // lanes: z and gradients at one pixel of all tiles, and their tangents
    final Vectors z = new Vectors();
    final Vectors zDot = new Vectors();
    final Vectors u = new Vectors();
    final Vectors uDot = new Vectors();
    final Vectors out = new Vectors();
    final Vectors pooled = new Vectors();
    final Vectors pooledDot = new Vectors();

    // lanes: sums over pixels, what is subtracted, and factors
    final Vectors sums = new Vectors();
    final Vectors centre = new Vectors();
    final Vectors centreDot = new Vectors();
    final Vectors scale = new Vectors();
    final Vectors shift = new Vectors();
    final Vectors factors = new Vectors();

    // values per channel
    final Vectors gamma = new Vectors();
    final Vectors gammaDot = new Vectors();
    final Vectors beta = new Vectors();
    final Vectors betaDot = new Vectors();
    final Vectors inverse = new Vectors();
    final Vectors normalisation = new Vectors();
    final Vectors ofChannels = new Vectors();

    // an image of gradients or outputs
    final Vectors image = new Vectors();
    final Vectors imageDot = new Vectors();

    /** Sums per channel. */
    private double[][] totals = {};

    /** Sums per image and channel of all images of a call. */
    private final double[][] ofImages = new double[2][0];

    private ChainWorkspace() {}

    /** That of the calling thread. */
    static ChainWorkspace get() {
        return OWN.get();
    }

    /** At least {@code count} sums for each of at least {@code channels}, with unspecified content. */
    double[][] totals(int count, int channels) {
        if (totals.length < count || totals[0].length < channels) {
            totals = new double[count][channels];
        }
        return totals;
    }

    /** One of two arrays of at least {@code least}, with unspecified content. */
    double[] ofImages(int which, int least) {
        if (ofImages[which].length < least) {
            ofImages[which] = new double[least];
        }
        return ofImages[which];
    }
}
