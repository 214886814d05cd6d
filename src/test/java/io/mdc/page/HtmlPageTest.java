package io.mdc.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.setting.ConfigException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The page as HTML, which is written so that it is XML as well. */
class HtmlPageTest {
    private static final String NAME = "a<b>&\"c'</title><script>alert(1)</script>".replace("/", "|");

    @TempDir
    private Path folder;

    private String text;

    @BeforeEach
    void write() throws IOException {
        text = HtmlPage.text(PageReader.read(List.of(
                MadeRun.finished(folder.resolve(NAME)).directory(),
                MadeRun.begun(folder.resolve("two"), "interrupted", 1).directory())));
    }

    private static List<Element> elements(String text) throws Exception {
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(text)));
        NodeList all = document.getElementsByTagName("*");
        return IntStream.range(0, all.getLength())
                .mapToObj(i -> (Element) all.item(i))
                .toList();
    }

    @Test
    void itLoadsNothing() throws Exception {
        for (Element element : elements(text)) {
            assertFalse(
                    List.of("link", "iframe", "object", "base").contains(element.getTagName()), element.getTagName());
            for (String name : List.of("src", "href", "srcset", "action", "data", "poster")) {
                String value = element.getAttribute(name);
                assertTrue(
                        value.isEmpty() || value.startsWith("#") || value.startsWith("data:image/png;base64,"), value);
            }
        }
        assertFalse(text.matches("(?s).*(@import|https?:|url\\((?!#)).*"));
    }

    @Test
    void namesAreTextWhateverIsInThem() throws Exception {
        assertFalse(text.contains("<script>alert"));
        List<Element> all = elements(text);
        assertEquals(
                1,
                all.stream()
                        .filter(element -> element.getTagName().equals("script"))
                        .count());
        assertEquals(
                "2 runs: " + NAME + ", two",
                all.stream()
                        .filter(element -> element.getTagName().equals("h1"))
                        .findFirst()
                        .orElseThrow()
                        .getTextContent());
        assertTrue(all.stream().anyMatch(element -> element.getAttribute("alt").startsWith(NAME + ": ")));
    }

    @Test
    void everythingIsNamedOnceAndDescribed() throws Exception {
        List<Element> all = elements(text);
        List<String> ids = all.stream()
                .map(element -> element.getAttribute("id"))
                .filter(id -> !id.isEmpty())
                .toList();
        assertEquals(ids.size(), new HashSet<>(ids).size());
        List<String> references = new ArrayList<>();
        for (Element element : all) {
            references.addAll(List.of(element.getAttribute("aria-labelledby").split(" ")));
            if (element.getAttribute("href").startsWith("#")) {
                references.add(element.getAttribute("href").substring(1));
            }
            if (element.getTagName().equals("img")) {
                assertFalse(element.getAttribute("alt").isEmpty());
            }
            if (element.getAttribute("role").equals("img")) {
                assertEquals(1, element.getElementsByTagName("desc").getLength());
            }
        }
        references.removeIf(String::isEmpty);
        assertTrue(references.size() > 10 && ids.containsAll(references), references::toString);
    }

    @Test
    void headingsGoDownByOneLevel() throws Exception {
        int before = 0;
        for (Element element : elements(text)) {
            if (element.getTagName().matches("h[1-6]")) {
                int level = element.getTagName().charAt(1) - '0';
                assertTrue(level <= before + 1, element::getTextContent);
                before = level;
            }
        }
    }

    @Test
    void onlyAnEarlierReportIsReplaced() throws IOException {
        Page page = MadeRun.begun(folder.resolve("run"), "running", 1).page();
        Path file = folder.resolve("new/report.html");
        HtmlPage.write(page, file);
        String first = Files.readString(file);
        HtmlPage.write(page, file);
        assertEquals(first, Files.readString(file));
        Path mine = Files.writeString(folder.resolve("mine.html"), "<!DOCTYPE html><p>mine</p>");
        assertEquals(
                "--out " + mine + ": exists already and is no report; name another file",
                assertThrows(ConfigException.class, () -> HtmlPage.write(page, mine))
                        .getMessage());
        assertEquals(
                "--out " + folder + ": is a directory; name a file in it",
                assertThrows(ConfigException.class, () -> HtmlPage.requireFree(folder))
                        .getMessage());
        Path below = mine.resolve("report.html");
        assertThrows(ConfigException.class, () -> HtmlPage.requireFree(below));
    }
}
