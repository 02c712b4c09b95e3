global using TestRuns;
global using Xunit;
