using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Api.Tests")]
