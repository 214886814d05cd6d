package io.mdc.dataset.folder;

import io.mdc.base.DataException;
import io.mdc.data.Dataset;
import io.mdc.data.DatasetCard;
import io.mdc.data.DatasetSource;
import io.mdc.data.LeftOut;
import io.mdc.data.LoadRequest;
import io.mdc.data.Normalization;
import io.mdc.dataset.file.Listing;
import io.mdc.dataset.picture.Picture;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Images in class folders {@code train/<class>/*} and {@code val/<class>/*}: the ten classes of ImageNet that
 * condensation work uses, or own ones, which with {@code --hold-out} may be in {@code <class>/*} alone.
 *
 * <p>The shorter side is brought to {@code --size}, antialiased, and the middle square kept.
 */
public final class ImageFolder implements DatasetSource {
    /** Height and width in pixels unless asked for others. */
    public static final int SIZE = 224;

    private final DatasetCard card;
    private final List<String> fixedClasses;

    private ImageFolder(DatasetCard card, List<String> fixedClasses) {
        this.card = card;
        this.fixedClasses = fixedClasses;
    }

    /**
     * Ten classes of ImageNet (Kim et al., "Dataset Condensation via Efficient Synthetic-Data Parameterization", 2022).
     */
    public static ImageFolder imageNet10() {
        List<String> classes = List.of(
                "n02869837",
                "n01749939",
                "n02488291",
                "n02107142",
                "n13037406",
                "n02091831",
                "n04517823",
                "n04589890",
                "n03062245",
                "n01773797");
        DatasetCard card = new DatasetCard(
                "imagenet10",
                "photographs of 10 classes of ImageNet in folders train/ and val/, 224x224 unless --size says otherwise",
                classes,
                Optional.of(new Normalization(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225))),
                "O. Russakovsky et al., ImageNet Large Scale Visual Recognition Challenge, 2015",
                "https://www.image-net.org",
                List.of());
        return new ImageFolder(card, classes);
    }

    /** Own images. */
    public static ImageFolder own() {
        DatasetCard card = new DatasetCard(
                "folder",
                "own images in folders train/<class>/ and val/<class>/, or <class>/ with --hold-out",
                List.of(),
                Optional.empty(),
                "",
                "",
                List.of());
        return new ImageFolder(card, List.of());
    }

    @Override
    public DatasetCard card() {
        return card;
    }

    @Override
    public Dataset load(LoadRequest request) {
        ImagePlace place = ImagePlace.of(request.directory().orElseThrow(), request.holdOut() > 0, request.space());
        try {
            return load(place, request);
        } catch (DataException e) {
            throw place.named(e);
        }
    }

    private Dataset load(ImagePlace place, LoadRequest request) {
        List<String> wanted = request.classes().isEmpty() ? fixedClasses : request.classes();
        ImageTree tree = request.holdOut() > 0
                ? ImageTree.heldOut(Splits.withoutTest(place.folder(), request.holdOut()), request.holdOut(), wanted)
                : ImageTree.of(Splits.of(place.folder()), wanted);
        sayWhatIsLeftOut(tree);
        DecodedImages decoded = DecodedImages.of(tree, request.size().orElse(SIZE), request);
        Normalization normalization =
                card.normalization().orElseGet(() -> Normalization.ofOwn(decoded.train(), place.folder()));
        return new Dataset(
                name(),
                tree.classes(),
                decoded.train(),
                decoded.test(),
                normalization,
                List.of(decoded.source()),
                new LeftOut(decoded.skipped(), tree.others()));
    }

    private static void sayWhatIsLeftOut(ImageTree tree) {
        LeftOut left = new LeftOut(0, tree.others());
        if (left.others() > 0) {
            log().warn(
                            "{}: left out {}; images of a class are .{}",
                            tree.splits().root(),
                            left.text(),
                            String.join(" .", Picture.ENDINGS));
        }
        if (!tree.splits().unused().isEmpty()) {
            log().warn(
                            "{}: the test images are those of {}; left out {}",
                            tree.splits().root(),
                            tree.splits().test().getFileName(),
                            Listing.names("folder", tree.splits().unused()));
        }
    }

    /** Got when there is something to say: starting the logging takes 0.15 s, and every command names all data sets. */
    private static Logger log() {
        return LoggerFactory.getLogger(ImageFolder.class);
    }
}
