global using System.Net;
global using Hardware.Agent.Tests.Hands;
global using Hardware.Agent.Tests.Peer;
global using Xunit;
