global using Platform.Cards.Cryptography;
global using Platform.Cards.Cryptography.Profiles;
