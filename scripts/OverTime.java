import io.mdc.report.chart.Line;
import io.mdc.report.chart.LineChart;
import io.mdc.report.chart.PictureFiles;
import io.mdc.report.chart.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Paints docs/images/over-time.png from the rows of docs/results.md, after ./mdc has been built: java -cp
 * "target/mdc.jar:target/lib/*" -Djava.awt.headless=true scripts/OverTime.java
 *
 * <p>Average over sizes and over the seeds that ran for as long as any seed of their method did.
 */
class OverTime {
    private static final List<String> METHODS = List.of("dsa", "mtt", "idc", "dream", "dm", "dance", "dc");
    private static final int GREY = 7;

    private record Row(String method, String loss, int seed, int minutes, double average) {}

    public static void main(String[] arguments) throws IOException {
        List<Row> rows = Files.readAllLines(Path.of("docs/results.md")).stream()
                .filter(line -> line.matches("\\| `\\w+` \\| (none|adaptive|all) \\| \\d+ \\| \\d+ \\|.*"))
                .map(OverTime::row)
                .toList();
        List<Line> lines = new ArrayList<>();
        for (String method : METHODS) {
            lines.add(line(method, method, "none", rows));
            lines.add(line(method + " + adaptive", method, "adaptive", rows));
        }
        double[] ends = lines.get(0).x();
        double[] all = {ends[0], ends[ends.length - 1]};
        // From the families of docs/results.md, means of two seeds.
        lines.add(new Line("above: YOCO's order", all, new double[] {37.9, 37.9}, null, GREY, true));
        lines.add(new Line("below: random real", all, new double[] {21.7, 21.7}, null, GREY, true));
        LineChart chart = new LineChart(
                "CIFAR-10, 10 images per class, width 32",
                "minutes of two cores",
                "average accuracy over sizes 1, 2, 3, 5, 10 in %",
                lines,
                Theme.LIGHT);
        Path made = Files.createTempDirectory("over-time");
        Files.copy(
                PictureFiles.write(chart, made, "over-time").get(0),
                Path.of("docs/images/over-time.png"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static Row row(String line) {
        String[] cells = line.replace("`", "").split("\\|");
        return new Row(
                cells[1].strip(),
                cells[2].strip(),
                Integer.parseInt(cells[3].strip()),
                Integer.parseInt(cells[4].strip()),
                Double.parseDouble(cells[cells.length - 1].strip()));
    }

    private static Line line(String name, String method, String loss, List<Row> rows) {
        List<Row> own = rows.stream()
                .filter(row -> row.method().equals(method) && row.loss().equals(loss))
                .toList();
        int longest = own.stream().mapToInt(Row::minutes).max().orElseThrow();
        List<Integer> seeds = own.stream()
                .filter(row -> row.minutes() == longest)
                .map(Row::seed)
                .toList();
        TreeMap<Integer, Double> course = own.stream()
                .filter(row -> seeds.contains(row.seed()))
                .collect(Collectors.groupingBy(
                        Row::minutes, TreeMap::new, Collectors.averagingDouble(Row::average)));
        return new Line(
                name,
                course.keySet().stream().mapToDouble(minutes -> minutes).toArray(),
                course.values().stream().mapToDouble(average -> average).toArray(),
                null,
                METHODS.indexOf(method),
                loss.equals("none"));
    }
}
