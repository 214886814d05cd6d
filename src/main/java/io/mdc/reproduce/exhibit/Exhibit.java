package io.mdc.reproduce.exhibit;

import io.mdc.paper.PaperId;
import io.mdc.reproduce.plan.Block;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The paper's tables and figures. */
public enum Exhibit {
    /** Three baselines and the method, ten images per class. */
    TABLE_1A(new TableContent(PaperId.TABLE_1A)),
    /** The same for fifty. */
    TABLE_1B(new TableContent(PaperId.TABLE_1B)),
    /** The same for twenty on ImageNet-10. */
    TABLE_1C(new TableContent(PaperId.TABLE_1C)),
    /** Other methods of condensation, ten images per class. */
    TABLE_2A(new TableContent(PaperId.TABLE_2A)),
    /** The same for fifty. */
    TABLE_2B(new TableContent(PaperId.TABLE_2B)),
    /** Slimmable dataset condensation. */
    TABLE_2C(new TableContent(PaperId.TABLE_2C)),
    /** Components of the method taken away. */
    TABLE_3(new TableContent(PaperId.TABLE_3)),
    /** Other networks are trained on the images. */
    TABLE_4(new TableContent(PaperId.TABLE_4)),
    /** Metrics that subsets are selected by. */
    TABLE_5(new TableContent(PaperId.TABLE_5)),
    /** Several condensations of the same setting. */
    TABLE_6(new TableContent(PaperId.TABLE_6)),
    /** Feature distances without the subset loss. */
    TABLE_7(new TableContent(PaperId.TABLE_7)),
    /** Base methods below the method. */
    TABLE_8(new TableContent(PaperId.TABLE_8)),
    /** Tables 1a and 1b with standard deviations. */
    TABLE_9(new TableContent(PaperId.TABLE_9)),
    /** Accuracies in the course of a run. */
    TABLE_10(new TableContent(PaperId.TABLE_10)),
    /** The same of another run. */
    TABLE_11(new TableContent(PaperId.TABLE_11)),
    /** Subsets selected for each class. */
    TABLE_12(new TableContent(PaperId.TABLE_12)),
    /** Accuracy over size. */
    FIGURE_2C(new SizeFigure(new TableContent(PaperId.TABLE_1A), cifar10())),
    /** Accuracy over time. */
    FIGURE_4(new TimeFigure()),
    /** Selections over time. */
    FIGURE_5(new SelectionFigure(5, TableRows.OURS, 0)),
    /** Condensed images. */
    FIGURE_6(ImagesFigure.compared(6, cifar10(), Map.of("factor", "1"), "horse", false)),
    /** Selections of another run. */
    FIGURE_7(new SelectionFigure(7, TableRows.OURS, 1)),
    /** Selections of a third run. */
    FIGURE_8(new SelectionFigure(8, TableRows.OURS, 2)),
    /** Selections of every class. */
    FIGURE_9(new SelectionFigure(9, TableRows.OURS.with("class-wise", true), 0)),
    /** First images. */
    FIGURE_10(new ImagesFigure(
            10,
            cifar10(),
            Map.of("first images", TableRows.IDC.with("factor", 1).with("outer", 0)),
            "horse",
            false)),
    /** The images of Figure 6, all classes. */
    FIGURE_11(ImagesFigure.compared(11, cifar10(), Map.of("factor", "1"), "horse", false)),
    /** The same with four images in each. */
    FIGURE_12(ImagesFigure.compared(12, cifar10(), Map.of(), "horse", false)),
    /** Apples of CIFAR-100. */
    FIGURE_13(ImagesFigure.compared(13, new Block("CIFAR-100", 10), Map.of(), "apple", true)),
    /** Street numbers. */
    FIGURE_14(ImagesFigure.compared(14, new Block("SVHN", 10), Map.of(), "0", false)),
    /** Gazelle hounds of ImageNet, whose folder has this name. */
    FIGURE_15(ImagesFigure.compared(15, new Block("ImageNet-10", 20), Map.of(), "n02091831", true));

    @SuppressWarnings("ImmutableEnumChecker") // implementations keep nothing
    private final Content content;

    Exhibit(Content content) {
        this.content = content;
    }

    private static Block cifar10() {
        return new Block("CIFAR-10", 10);
    }

    /** What it shows. */
    public Content content() {
        return content;
    }

    /** As commands name it, such as {@code table1a}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace("_", "");
    }

    /** The names of all. */
    public static List<String> ids() {
        return Arrays.stream(values()).map(Exhibit::id).toList();
    }

    /**
     * Reads a name, such as {@code table1a} or {@code "Figure 2c"}.
     *
     * @throws ConfigException if there is no such table or figure
     */
    public static Exhibit parse(String text) {
        String wanted = text.toLowerCase(Locale.ROOT)
                .replaceAll("[\\s._()-]+", "")
                .replaceFirst("^fig(?=\\d)", "figure")
                .replaceFirst("^tab(?=\\d)", "table");
        return Arrays.stream(values())
                .filter(exhibit -> exhibit.id().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new ConfigException(text + ": there is no such table or figure"
                        + Nearest.of(wanted, ids())
                                .map(near -> "; did you mean " + near + "?")
                                .orElse("")
                        + " (" + String.join(", ", ids()) + ")"));
    }
}
