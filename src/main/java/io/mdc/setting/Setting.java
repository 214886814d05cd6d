package io.mdc.setting;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a record component as a setting, or, where the component is itself a record, as a group of settings.
 *
 * <p>The key is the component's name in kebab case: {@code nData} is {@code n-data}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
    /**
     * Says what the setting is, or the heading of the group.
     *
     * @return a phrase that starts with a capital and ends without a full stop
     */
    String value();

    /**
     * Gives the smallest allowed number.
     *
     * @return the bound, itself allowed
     */
    double min() default Double.NEGATIVE_INFINITY;

    /**
     * Gives the largest allowed number.
     *
     * @return the bound, itself allowed
     */
    double max() default Double.POSITIVE_INFINITY;

    /**
     * Says what is allowed where the type and the bounds do not.
     *
     * @return a short phrase, or nothing
     */
    String allowed() default "";

    /**
     * Says whether a finished run has settled it for good, so that no later command can choose another value.
     *
     * @return false unless declared
     */
    boolean settledByRun() default false;

    /**
     * Gives the word for the value in a synopsis where the type has none.
     *
     * @return for example {@code NAME}
     */
    String label() default "";
}
