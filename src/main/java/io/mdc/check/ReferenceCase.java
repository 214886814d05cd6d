package io.mdc.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.mdc.base.Json;
import io.mdc.numpy.NumpyArray;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** One case: settings and scalar results as JSON, and arrays. */
final class ReferenceCase {

    /** Opens a file of the case, or returns null if there is none of that name. */
    interface Files {
        InputStream open(String file) throws IOException;
    }

    private final String name;
    private final Files files;

    ReferenceCase(String name, Files files) {
        this.name = name;
        this.files = files;
    }

    String name() {
        return name;
    }

    /** The settings and scalar results. */
    JsonNode settings() throws IOException {
        try (InputStream in = files.open("case.json")) {
            if (in == null) {
                throw new FileNotFoundException("case.json is missing");
            }
            return Json.read(in, JsonNode.class);
        }
    }

    boolean has(String array) throws IOException {
        try (InputStream in = files.open(array + ".npy")) {
            return in != null;
        }
    }

    NumpyArray array(String array) throws IOException {
        try (InputStream in = files.open(array + ".npy")) {
            if (in == null) {
                throw new FileNotFoundException(array + ".npy is missing");
            }
            return NumpyArray.read(in);
        } catch (FileNotFoundException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(array + ".npy: " + e.getMessage(), e);
        }
    }

    double[] values(String array) throws IOException {
        return array(array).toDoubles();
    }
}
