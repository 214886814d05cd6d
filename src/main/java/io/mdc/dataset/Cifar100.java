package io.mdc.dataset;

import io.mdc.data.Dataset;
import io.mdc.data.DatasetCard;
import io.mdc.data.DatasetSource;
import io.mdc.data.LoadRequest;
import io.mdc.fetch.Downloads;
import java.util.List;
import java.util.Optional;

/**
 * CIFAR-100 with its 100 fine classes, in its binary and its Python version.
 *
 * <p>Layout of the binary version, from <a href="https://www.cs.toronto.edu/~kriz/cifar.html">the data set's page</a>:
 * {@code train.bin} of 50,000 and {@code test.bin} of 10,000 records; a record is a coarse label byte 0..19, a fine
 * label byte 0..99 and 3,072 pixel bytes.
 */
public final class Cifar100 implements DatasetSource {
    static final DatasetCard CARD = new DatasetCard(
            "cifar100",
            "photographs of 100 kinds of things, 32x32, 50,000 training and 10,000 test images",
            List.of(("apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge bus butterfly"
                            + " camel can castle caterpillar cattle chair chimpanzee clock cloud cockroach couch crab"
                            + " crocodile cup dinosaur dolphin elephant flatfish forest fox girl hamster house kangaroo"
                            + " keyboard lamp lawn_mower leopard lion lizard lobster man maple_tree motorcycle mountain"
                            + " mouse mushroom oak_tree orange orchid otter palm_tree pear pickup_truck pine_tree plain"
                            + " plate poppy porcupine possum rabbit raccoon ray road rocket rose sea seal shark shrew"
                            + " skunk skyscraper snail snake spider squirrel streetcar sunflower sweet_pepper table tank"
                            + " telephone television tiger tractor train trout tulip turtle wardrobe whale willow_tree"
                            + " wolf woman worm")
                    .split(" ")),
            Optional.of(Cifar10.NORMALIZATION),
            Cifar10.CITATION,
            Cifar10.HOMEPAGE,
            List.of(Downloads.CIFAR100));

    private final int trainRecords;
    private final int testRecords;

    /** Creates the reader of the real files. */
    public Cifar100() {
        this(50_000, 10_000);
    }

    Cifar100(int trainRecords, int testRecords) {
        this.trainRecords = trainRecords;
        this.testRecords = testRecords;
    }

    @Override
    public DatasetCard card() {
        return CARD;
    }

    @Override
    public Dataset load(LoadRequest request) {
        return new CifarReader(CifarLayout.HUNDRED, trainRecords, testRecords).load(request);
    }
}
