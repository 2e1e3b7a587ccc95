/**
 * What an operator writes: fail2ban's tree of INI files, read with fail2ban's own rules, and this project's TOML file; both
 * are a {@link org.ipspipeline.ips.configuration.JailConfiguration} and end as the same {@link org.ipspipeline.ips.configuration.Jail}s. May use the filter package; knows nothing of sources,
 * counting or enforcement.
 *
 * <pre>
 *   jail.conf, jail.d/*.conf,        IniParser   IniTree          JailReader
 *   jail.local, jail.d/*.local  ---------------> interpolation ----------------> Jail
 *   filter.d/NAME.conf + .local ---------------> and tags       FilterReader        with its FilterDefinition
 *   action.d/NAME.conf + .local                                                     and its ActionDefinitions
 *   jails.toml -----------------------------------------------> TomlTable -----> Jail
 * </pre>
 */
@NullMarked
package org.ipspipeline.ips.configuration;

import org.jspecify.annotations.NullMarked;
