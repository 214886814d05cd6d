package io.mdc.cli;

import io.mdc.data.Cache;
import java.util.List;
import picocli.CommandLine.Command;

/** The commands about data sets themselves. */
@Command(
        name = "data",
        description = "List, fetch, verify, show and save data sets.",
        footer = {"", "Example: mdc data list"},
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false)
final class DataCommand {
    private final Console console;

    DataCommand(Console console) {
        this.console = console;
    }

    /** The commands in the order help lists them. */
    List<Object> commands() {
        return List.of(
                new DataListCommand(console, Cache.directory()),
                new DataFetchCommand(console, Cache.directory(), DataRequests::source),
                new DataVerifyCommand(console),
                new DataShowCommand(console),
                new DataSaveCommand(console));
    }
}
