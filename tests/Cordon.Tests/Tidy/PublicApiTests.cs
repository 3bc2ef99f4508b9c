using System.Reflection;
using PublicApiGenerator;

namespace Cordon.Tests.Tidy;

/// <summary>
/// The public API of the libraries changes only on purpose: each is compared with an approved text.
/// CORDON_APPROVE=1 writes the present state as approved, to be read in the diff.
/// </summary>
public sealed class PublicApiTests
{
    [Theory]
    [InlineData("Cordon.Engine")]
    [InlineData("Cordon.Journal")]
    [InlineData("Cordon.Casework")]
    [InlineData("Cordon.Gateways")]
    [InlineData("Cordon.Simulator")]
    public void The_public_api_is_the_approved_one(string library)
    {
        var api = Assembly.Load(library).GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false, ExcludeAttributes = ["System.Diagnostics.DebuggerDisplayAttribute"], DenyNamespacePrefixes = ["Cordon.Casework.Storage.Migrations"] });
        var file = Path.Combine(RepositoryFolder.Root, "tests", "Cordon.Tests", "Tidy", "Approved", library + ".txt");
        if (Environment.GetEnvironmentVariable("CORDON_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, api.ReplaceLineEndings("\n") + "\n");
        }
        Assert.True(File.Exists(file), $"{file} is missing: run with CORDON_APPROVE=1 and read what it writes");
        Assert.Equal(File.ReadAllText(file), api.ReplaceLineEndings("\n") + "\n");
    }
}
