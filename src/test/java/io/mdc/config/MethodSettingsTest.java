package io.mdc.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mdc.matching.Distance;
import io.mdc.matching.PixelSpace;
import io.mdc.method.Method;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import io.mdc.setting.TextForm;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a method brings, what it refuses, and whose θ it shares. */
class MethodSettingsTest {

    @Test
    void presetsOfDistributionMatchingAreThePublishedSettings() {
        RunConfig dm = ConfigReader.read(Presets.layer("dm-cifar10-ipc10"));
        assertEquals(Method.DM, dm.method().method());
        assertEquals(1, dm.synthetic().factor());
        assertEquals(20_000, dm.loop().steps());
        assertEquals(256, dm.matching().batchReal());
        assertEquals(1, dm.matching().imageLearningRate(50, 32));
        RunConfig dance = ConfigReader.read(Presets.layer("dance-cifar10-ipc10"));
        assertEquals(Method.DANCE, dance.method().method());
        assertEquals(2, dance.synthetic().factor());
        assertEquals(10_000, dance.loop().steps());
        assertEquals(128, dance.matching().batchReal());
        assertEquals(0.01 * 50, dance.matching().imageLearningRate(50, 32), 1e-15);
    }

    @Test
    void aMethodBringsItsDefaultsBelowAllThatIsGiven() {
        RunConfig dc = ConfigReader.read(Presets.layer("cifar10-ipc10"), Layer.options(Map.of("method", "dc")));
        assertEquals(Distance.WEIGHT_COSINE, dc.matching().distance());
        assertEquals(PixelSpace.NORMALISED, dc.matching().pixels());
        assertEquals(0.1, dc.matching().imageLearningRate(50, 64));
        assertEquals("cifar10", dc.data().dataset().toString());
        RunConfig given = ConfigReader.read(
                new Layer("a file", Map.of("distance", "mse")), Layer.options(Map.of("method", "dsa", "factor", "2")));
        assertEquals(Distance.MSE, given.matching().distance());
        assertEquals(2, given.synthetic().factor());
        assertEquals(256, given.matching().batchReal());
        RunConfig idc =
                ConfigReader.read(new Layer("a file", Map.of("method", "dsa")), Layer.options(Map.of("method", "idc")));
        assertEquals(ConfigReader.read().matching(), idc.matching(), "of the method that counts, and of no other");
    }

    @Test
    void everyMethodKnowsItsOwnDefaults() {
        for (Method method : Method.values()) {
            assertEquals(
                    method,
                    ConfigReader.read(Layer.options(Map.of("method", TextForm.format(method))))
                            .method()
                            .method());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "dm,match,classifier,conv",
        "dm,distance,l1,mse",
        "dance,distance,cosine,mse",
        "mtt,distance,cosine,mse",
        "mtt,warm-up,2,0",
        "dance,warm-up,2,0",
        "dc,warm-up,2,0",
        "idc,pool-size,3,5",
        "dm,cross-entropy,0.5,1",
        "mdc,experts,7,100",
        "dsa,steps-student,7,30",
        "dream,epochs-own,7,auto",
        "idc,interval,7,10"
    })
    void whatAMethodDoesNotKnowIsRefused(String method, String key, String value, String usual) {
        assertEquals(
                "--" + key + " " + value + ": is not known to --method " + method + "; leave it out (" + usual + ")",
                assertThrows(
                                ConfigException.class,
                                () -> ConfigReader.read(Layer.options(Map.of("method", method, key, value))))
                        .getMessage());
    }

    @Test
    void aMethodIsKnownWithBlanksAroundItsName() {
        assertEquals(
                ConfigReader.read(Layer.options(Map.of("method", "dm"))),
                ConfigReader.read(Layer.options(Map.of("method", "dm\r"))));
    }

    @Test
    void familiesShareThetaWithinAMethodOfTheirOwn() {
        Map<String, String> idc =
                ConfigReader.read(Layer.options(Map.of("method", "idc"))).ofTrajectory();
        assertEquals(
                idc, ConfigReader.read(Layer.options(Map.of("method", "dream"))).ofTrajectory());
        Map<String, String> dm =
                ConfigReader.read(Layer.options(Map.of("method", "dm"))).ofTrajectory();
        Map<String, String> dance =
                ConfigReader.read(Layer.options(Map.of("method", "dance"))).ofTrajectory();
        assertEquals(3, new HashSet<>(List.of(idc, dm, dance)).size());
    }
}
