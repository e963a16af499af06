// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclaredHostsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            redis://:pw@r-1:6379/0                        | r-1
            jdbc:postgresql://db-1                        | db-1
            postgresql://db-1:5432,db-2:5433/intramuros   | db-1 db-2
            postgresql://me@db-1,db-2/intramuros          | db-1 db-2
            postgresql://[fd00::1]:5432,db-2/x            | fd00::1 db-2
            redis-sentinel://pw@s-1:26379,s-2,s-3/0#main  | s-1 s-2 s-3
            """)
    void of_urlOfOneOrSeveral_namesEachHost(String url, String hosts) {
        assertThat(DeclaredHosts.of(url)).containsExactlyElementsOf(List.of(hosts.split(" ", -1)));
    }
}
