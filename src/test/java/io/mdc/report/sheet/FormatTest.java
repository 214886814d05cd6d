package io.mdc.report.sheet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FormatTest {
    private static final Sheet FIRST = sheet(
            "last epoch",
            List.of("run", "1", "10", "average", "difference"),
            List.of(
                    List.of(
                            Entry.text("a_b, \"100%\" & |c|"),
                            Entry.figure(51.533333, 2.04),
                            Entry.nothing(),
                            Entry.figure(51.533333),
                            Entry.difference(0)),
                    List.of(
                            Entry.text("idc"),
                            Entry.figure(50),
                            Entry.figure(1000.0 / 3, 0),
                            Entry.figure(40),
                            Entry.difference(-1.2000000000000028))));
    private static final Sheet SECOND =
            sheet("best of four", List.of("run", "images"), List.of(List.of(Entry.text("mdc"), Entry.count(400))));

    private static Sheet sheet(String accuracy, List<String> headings, List<List<Entry>> rows) {
        Map<String, String> labels = new TreeMap<>(Map.of("network", "resnet_10", "accuracy", accuracy));
        return new Sheet(labels, headings, rows, "in %, mean ± std");
    }

    private static String written(Format format) {
        return format.write(List.of(FIRST, SECOND));
    }

    @Test
    void textLinesUp() {
        assertEquals("""
                last epoch, resnet_10:
                run                         1           10  average  difference
                -----------------  ----------  -----------  -------  ----------
                a_b, "100%" & |c|  51.5 ± 2.0            -     51.5         0.0
                idc                      50.0  333.3 ± 0.0     40.0        -1.2
                in %, mean ± std

                best of four, resnet_10:
                run  images
                ---  ------
                mdc     400
                in %, mean ± std
                """, written(Format.TEXT));
    }

    @Test
    void markdownHasItsSignsEscaped() {
        assertEquals("""
                **last epoch, resnet\\_10**

                | run | 1 | 10 | average | difference |
                | --- | ---: | ---: | ---: | ---: |
                | a\\_b, "100%" & \\|c\\| | 51.5 ± 2.0 | - | 51.5 | 0.0 |
                | idc | 50.0 | 333.3 ± 0.0 | 40.0 | -1.2 |

                in %, mean ± std

                **best of four, resnet\\_10**

                | run | images |
                | --- | ---: |
                | mdc | 400 |

                in %, mean ± std
                """, written(Format.MARKDOWN));
    }

    @Test
    void csvIsQuotedAndHasDeviationsInColumnsOfTheirOwn() {
        assertEquals("""
                accuracy,network,run,1,1 std,10,10 std,average,difference
                last epoch,resnet_10,"a_b, ""100%"" & |c|",51.5333,2.04,,,51.5333,0
                last epoch,resnet_10,idc,50,,333.3333,0,40,-1.2

                accuracy,network,run,images
                best of four,resnet_10,mdc,400
                """, written(Format.CSV));
    }

    @Test
    void tablesOfTheSameColumnsAreOneInCsv() {
        Sheet third =
                sheet("third", List.of("run", "images"), List.of(List.of(Entry.text("two\nlines"), Entry.count(1))));
        assertEquals("""
                accuracy,network,run,images
                best of four,resnet_10,mdc,400
                third,resnet_10,"two
                lines",1
                """, Format.CSV.write(List.of(SECOND, third)));
    }

    @Test
    void latexHasItsSignsEscaped() {
        assertEquals("""
                % last epoch, resnet_10
                \\begin{tabular}{lrrrr}
                \\hline
                run & 1 & 10 & average & difference \\\\
                \\hline
                a\\_b, "100\\%" \\& \\textbar{}c\\textbar{} & 51.5 $\\pm$ 2.0 & - & 51.5 & 0.0 \\\\
                idc & 50.0 & 333.3 $\\pm$ 0.0 & 40.0 & $-$1.2 \\\\
                \\hline
                \\end{tabular}
                % in %, mean ± std

                % best of four, resnet_10
                \\begin{tabular}{lr}
                \\hline
                run & images \\\\
                \\hline
                mdc & 400 \\\\
                \\hline
                \\end{tabular}
                % in %, mean ± std
                """, written(Format.LATEX));
    }

    @Test
    void latexKnowsEveryCharacterOfItsOwn() {
        Sheet sheet = new Sheet(Map.of(), List.of("\\^~<>$#{}"), List.of(), "");
        assertEquals(
                "\\textbackslash{}\\textasciicircum{}\\textasciitilde{}\\textless{}\\textgreater{}\\$\\#\\{\\} \\\\",
                Format.LATEX.write(List.of(sheet)).lines().toList().get(2));
    }

    @Test
    void jsonHasNumbersAndNullsForPrograms() {
        assertEquals("""
                [ {
                  "accuracy" : "best of four",
                  "network" : "resnet_10",
                  "rows" : [ {
                    "run" : "mdc",
                    "images" : 400
                  } ],
                  "note" : "in %, mean ± std"
                } ]
                """, Format.JSON.write(List.of(SECOND)));
        assertEquals(
                "{ \"run\" : \"idc\", \"1\" : { \"mean\" : 50, \"std\" : null }, \"10\" : { \"mean\" : 333.3333,"
                        + " \"std\" : 0 }, \"average\" : 40, \"difference\" : -1.2 } ]",
                written(Format.JSON)
                        .replaceAll("\\s+", " ")
                        .replaceAll(".*(\\{ \"run\" : \"idc\".*), \"note.*\"best.*", "$1"));
    }

    @Test
    void marksStandBehindNumbersForPeopleAndBesideThemForPrograms() {
        Sheet sheet = new Sheet(
                Map.of(),
                List.of("run", "1"),
                List.of(
                        List.of(Entry.text("a"), Entry.figure(50, 1).marked("†")),
                        List.of(Entry.text("b"), Entry.figure(40))),
                "† cited");
        assertTrue(Format.TEXT.write(List.of(sheet)).contains("50.0 ± 1.0†\n"));
        assertTrue(Format.MARKDOWN.write(List.of(sheet)).contains("| a | 50.0 ± 1.0† |\n"));
        assertEquals("run,1,1 std,1 mark\na,50,1,†\nb,40,,\n", Format.CSV.write(List.of(sheet)));
        String json = Format.JSON.write(List.of(sheet)).replaceAll("\\s+", " ");
        assertTrue(
                json.contains(
                        "{ \"run\" : \"a\", \"1\" : { \"mean\" : 50, \"std\" : 1 }, \"marks\" : { \"1\" : \"†\" } },"
                                + " { \"run\" : \"b\", \"1\" : { \"mean\" : 40, \"std\" : null } }"),
                json);
    }

    @Test
    void tablesWithTheSameColumnsAreOneInCsvWhicheverHasMarks() {
        List<Sheet> sheets = Stream.of(Entry.figure(50, 1).marked("†"), Entry.figure(40, 2))
                .map(entry -> new Sheet(Map.of("of", entry.text()), List.of("1"), List.of(List.of(entry)), ""))
                .toList();
        String[] lines = Format.CSV.write(sheets).split("\n");
        assertEquals(3, lines.length, () -> String.join("|", lines));
        assertEquals("of,1,1 std,1 mark", lines[0]);
    }

    @Test
    void aSheetWithoutLabelsHasNoTitle() {
        Sheet sheet = new Sheet(Map.of(), List.of("a"), List.of(List.of(Entry.difference(0.06))), "note");
        assertEquals("a\n----\n+0.1\nnote\n", Format.TEXT.write(List.of(sheet)).replaceAll("(?m)^ +", ""));
        assertEquals("| a |\n| ---: |\n| +0.1 |\n\nnote\n", Format.MARKDOWN.write(List.of(sheet)));
        assertEquals("a\n0.06\n", Format.CSV.write(List.of(sheet)));
    }

    @Test
    void everyRowNeedsAnEntryPerColumn() {
        List<List<Entry>> rows = List.of(List.of(Entry.nothing()));
        assertEquals(
                "1 entries for 2 columns",
                assertThrows(IllegalArgumentException.class, () -> new Sheet(Map.of(), List.of("a", "b"), rows, ""))
                        .getMessage());
    }
}
