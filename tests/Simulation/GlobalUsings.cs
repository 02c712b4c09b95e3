global using Hardware.Simulators.Chip;
global using Platform.Cards.Cryptography;
global using Platform.Cards.Cryptography.Profiles;
global using Platform.Cards.Scripts;
global using Xunit;
