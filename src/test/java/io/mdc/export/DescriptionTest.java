package io.mdc.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.evaluate.Evaluation;
import io.mdc.evaluate.PrefixResult;
import io.mdc.evaluate.Protocol;
import io.mdc.evaluate.Statistic;
import io.mdc.shapes.Shapes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What card and script say. */
class DescriptionTest {
    private static final String SET = "b".repeat(64);
    private static final Prefix PREFIX = new Prefix(1, 3, 2, ImageKind.TRAINING);

    private static String script(Training training, Prefix prefix, Format format) {
        return new Script(training, prefix, "1.2.3", Optional.of(Path.of("/data")))
                .text("set.train.py", "set", TinyExport.images(), format);
    }

    private static String card(Training training, Optional<Evaluation> evaluation) {
        return card(training, TinyExport.origin(SET, evaluation));
    }

    private static String card(Training training, Origin origin) {
        return new DataCard(training, PREFIX, origin)
                .text("set", "set.train.py", TinyExport.images(), Format.FOLDER.writer(), Optional.empty());
    }

    private static void assertHas(String text, String... parts) {
        for (String part : parts) {
            assertTrue(text.contains(part), () -> part + " is not in\n" + text);
        }
    }

    @Test
    void theScriptsConstantsAreTheRuns() {
        Training training = TinyExport.training(
                "width",
                "8",
                "depth",
                "2",
                "epochs",
                "4:30,20",
                "batch-eval",
                "7",
                "net-lr",
                "0.03",
                "net-momentum",
                "0.8",
                "net-decay",
                "0.001",
                "cutmix-eval",
                "0.25",
                "augment-eval",
                "color,crop|cutout");
        assertHas(
                script(training, PREFIX, Format.PT),
                "CLASSES = 2\n",
                "SHAPE = (3, 32, 32) ",
                "IPC = 1 ",
                "FACTOR = 2 ",
                "DECODED = True ",
                "MEAN, STD = [0.5, 0.25, 0.125], [0.2, 0.3, 0.4]\n",
                "DEPTH, WIDTH = 2, 8\n",
                "EPOCHS = [(4, 30), (math.inf, 20)] ",
                "BATCH = 7\n",
                "RATE, MOMENTUM, DECAY = 0.03, 0.8, 0.001 ",
                "AUGMENT = [[\"color\"], [\"crop\", \"cutout\"]] ",
                "# That is all the augmentation",
                "CUTMIX = 0.25 ",
                "TEST = \"/data\" ",
                "one that\nthe run was evaluated with.");
    }

    @Test
    void theScriptSaysWhatItDoesNotHave() {
        Training training = TinyExport.training(
                "augment-eval", "random-resized-crop,flip|lighting", "networks", "resnet10,densenet", "width", "8");
        assertHas(
                script(training, PREFIX, Format.PT),
                "AUGMENT = [[\"flip\"]] ",
                "# NOT HERE, though the evaluation uses it: random-resized-crop, lighting.",
                "(resnet10, densenet), which this script does not have",
                "DEPTH, WIDTH = 3, 8\n");
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void everyFormatHasAReader(Format format) {
        assertHas(script(TinyExport.training(), PREFIX, format), "\ndef read(path):\n");
    }

    @Test
    void storedImagesAreDecodedByTheScriptUnlessTheyAreTrainingImages() {
        Training training = TinyExport.training();
        Prefix stored = new Prefix(1, 3, 2, ImageKind.STORED);
        assertHas(script(training, stored, Format.PT), "DECODED = False ");
        assertHas(script(training, new Prefix(1, 3, 1, ImageKind.STORED), Format.PT), "DECODED = True ");
    }

    @Test
    void theCardSaysHowToTrainAndWhereItCameFrom() {
        String card = card(TinyExport.training("augment-eval", "color,crop|cutout"), Optional.empty());
        assertHas(
                card,
                "| size | 1 of the run's 3 stored images per class |",
                "8 in the file, 4 per class, 3×32×32; training images, decoded",
                "0 cat, 1 ant",
                "Readers that number classes by the alphabet give other labels",
                "the first n·8 rows",
                "mean 0.5, 0.25, 0.125; std 0.2, 0.3, 0.4",
                "`color,crop\\|cutout`",
                "The run was never evaluated at size 1",
                "A. Krizhevsky",
                "mdc does not know the licence",
                "`data_batch_1.bin`, SHA-256 `aaaa",
                "    mdc condense --out RUN",
                SET);
        assertFalse(card.contains("/home/me"), card);
    }

    @Test
    void theCardClaimsNoMoreOfTheSetThanIsKnown() {
        Optional<String> none = Optional.empty();
        Optional<String> file = Optional.of("idc.pt");
        Optional<String> order = Optional.of("lbpe");
        assertEquals("condensed from `x` with `dsa` by mdc 1.2.3.", made(new Making(none, "dsa", false, none)));
        assertEquals(
                "condensed from `x` with `mdc` by mdc 1.2.3. Multisize dataset condensation: every prefix is a set of its"
                        + " own.",
                made(new Making(none, "mdc", true, none)));
        assertEquals(
                "condensed from `x` with `idc` by mdc 1.2.3. Its images were put in order by `mdc order --by lbpe`: every"
                        + " prefix is a set of its own.",
                made(new Making(none, "idc", false, order)));
        assertEquals("imported from `idc.pt`, written by mdc 1.2.3.", made(new Making(file, "mdc", true, none)));
        assertEquals(
                "imported from `idc.pt`, written by mdc 1.2.3. Its images were put in order by `mdc order --by lbpe`:"
                        + " every prefix is a set of its own.",
                made(new Making(file, "mdc", true, order)));
        assertHas(
                card(TinyExport.training(), Optional.empty()),
                "\nA condensed data set: 1 image for each of 2 classes, condensed from `cifar10` with `idc` by mdc"
                        + " 1.2.3.\n");
    }

    private static String made(Making making) {
        return making.words("x", "1.2.3");
    }

    @Test
    void imagesThatAreDrawnHaveTheLicenceOfTheProgram() {
        String unknown = "does not know the licence";
        Making condensed = new Making(Optional.empty(), "mdc", true, Optional.empty());
        String drawn = card(TinyExport.training(), TinyExport.origin(new Shapes(), condensed, SET, Optional.empty()));
        assertHas(
                drawn,
                "- Licence: the source data are drawn by mdc itself, which is under Apache-2.0; nothing in them");
        assertFalse(drawn.contains(unknown), drawn);
        Making imported = new Making(Optional.of("idc.pt"), "mdc", true, Optional.empty());
        assertHas(
                card(TinyExport.training(), TinyExport.origin(new Shapes(), imported, SET, Optional.empty())),
                "- Imported from `idc.pt`, of which mdc does not know the licence; its terms may apply to this set too.");
    }

    private static PrefixResult result(int size, int protocol, Statistic accuracy) {
        return new PrefixResult("convnet", 32, size, 8 * size, 20, protocol, accuracy, accuracy);
    }

    @Test
    void expectedAccuraciesAreThoseOfThisSetAndOtherSettingsAreTold() {
        Training training = TinyExport.training("epochs", "20");
        Map<String, String> same = new TreeMap<>(training.settings().shaping());
        same.put("seed", "99");
        Map<String, String> other = new TreeMap<>(same);
        other.put("epochs", "5");
        Evaluation evaluation = new Evaluation(
                "/home/me/run",
                List.of(
                        new Protocol(other, 10, "data", SET),
                        new Protocol(same, 10, "data", SET),
                        new Protocol(same, 10, "data", "another set")),
                List.of(
                        result(1, 0, Statistic.of(List.of(20.0))),
                        result(1, 1, Statistic.of(List.of(30.0, 32.0))),
                        result(2, 1, Statistic.of(List.of(40.0))),
                        result(1, 2, Statistic.of(List.of(77.0)))));
        String text = new ExpectedAccuracy(training, TinyExport.origin(SET, Optional.of(evaluation)), 1).text();
        List<String> rows = text.lines().skip(4).toList();
        assertEquals(
                List.of(
                        "| convnet | 32 | 1 | 8 | 20 | 2 | 31.00 ± 1.00 | 31.00 ± 1.00 | as above |",
                        "| convnet | 32 | 1 | 8 | 20 | 1 | 20.00 | 20.00 | epochs 5 |"),
                rows);
        assertTrue(new ExpectedAccuracy(training, TinyExport.origin(SET, Optional.of(evaluation)), 3)
                .text()
                .startsWith("The run was never evaluated at size 3: "));
    }

    @Test
    void aPlaceThatNothingIsForIsAFault() {
        assertEquals("a b @", new Template("a @x_y@ @").with(Map.of("x_y", "b")));
        assertThrows(IllegalStateException.class, () -> new Template("@x@").with(Map.of()));
        assertThrows(IllegalStateException.class, () -> Template.resource("missing"));
    }
}
