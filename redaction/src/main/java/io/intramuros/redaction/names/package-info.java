/** Finding the names of people, organisations and places: word lists, the words around a name, and trained models. */
@NullMarked
package io.intramuros.redaction.names;

import org.jspecify.annotations.NullMarked;
