package io.mdc.dataset.folder;

import io.mdc.base.DataException;
import io.mdc.data.Cache;
import io.mdc.dataset.file.Archives;
import io.mdc.dataset.file.Listing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The folder that holds a tree of images, or to which the archive with it was unpacked.
 *
 * @param folder where the files are
 * @param archive the archive they come from
 */
record ImagePlace(Path folder, Optional<Path> archive) {
    private static final List<String> PREFERRED = List.of("images.zip", "images.tar.gz");

    /**
     * Finds it: the directory itself, the only archive in it, or an archive in its place. What was unpacked goes before
     * the archive beside it.
     *
     * @param classes whether folders in it may be classes rather than splits, so that an archive beside them is not it
     * @throws DataException if there is no such directory, an archive cannot be unpacked, or there are several
     */
    static ImagePlace of(Path directory, boolean classes, Cache.Space cache) {
        if (Files.isRegularFile(directory) && Archives.isArchive(directory)) {
            return unpacked(directory, cache);
        }
        if (!Files.isDirectory(directory)) {
            throw new DataException(directory + ": neither a folder nor an archive (" + Archives.KINDS
                    + "); name the folder that holds train/ and val/");
        }
        Listing listing = Listing.of(directory);
        List<Path> archives = listing.archives();
        Optional<Path> preferred = PREFERRED.stream()
                .map(directory::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
        boolean unpacked = (preferred.isPresent() && !classes) ? Splits.areIn(directory) : Splits.isIn(directory);
        if (archives.isEmpty() || unpacked || (classes && listing.folders().size() > 1)) {
            return new ImagePlace(directory, Optional.empty());
        } else if (preferred.isPresent()) {
            return unpacked(preferred.get(), cache);
        } else if (archives.size() > 1) {
            throw new DataException(directory + ": no folder of training images in it, but " + listing.text()
                    + "; name the archive that holds train/ and val/, or unpack them");
        }
        return unpacked(archives.get(0), cache);
    }

    private static ImagePlace unpacked(Path archive, Cache.Space cache) {
        return new ImagePlace(Archives.unpack(archive, cache), Optional.of(archive));
    }

    /** A failure of files in the folder, which names the archive rather than the cache. */
    DataException named(DataException failure) {
        return archive.map(file ->
                        new DataException(failure.getMessage().replace(folder.toString(), file.toString()), failure))
                .orElse(failure);
    }
}
