global using System.Net;
global using TestRuns;
global using Xunit;
