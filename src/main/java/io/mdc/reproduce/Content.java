package io.mdc.reproduce;

import java.util.List;

/** What a table or figure is made of. */
interface Content {
    /** What it shows, and where it stands in the paper. */
    String title();

    /** What has to be there for it. */
    List<Need> needs(Setup setup);
}
