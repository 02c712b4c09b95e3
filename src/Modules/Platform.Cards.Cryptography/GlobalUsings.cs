global using System.Buffers.Binary;
