package dev.parley.engine.look;

/**
 * How far a long look has come.
 *
 * @param account where it looks now
 * @param pages how many pages were read there; 0 where there are none
 * @param resources how many resources were seen there
 */
public record Progress(String account, int pages, int resources) {}
