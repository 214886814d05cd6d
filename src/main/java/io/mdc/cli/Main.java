package io.mdc.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Entry point of the program. */
public final class Main {
    private Main() {}

    /**
     * Prints the version.
     *
     * @param args the command line
     * @throws IOException if the version cannot be read from the jar
     */
    public static void main(String[] args) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Main.class.getResourceAsStream("/io/mdc/version.properties")) {
            properties.load(in);
        }
        System.out.println("mdc " + properties.getProperty("version"));
    }
}
