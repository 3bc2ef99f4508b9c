using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cordon.Tests.Api;

/// <summary>The OpenAPI document changes only on purpose. CORDON_APPROVE=1 writes the present one as approved, to be read in the diff.</summary>
public sealed class OpenApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task The_document_is_the_approved_one()
    {
        using var client = host.Client();
        var served = await client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        var text = JsonSerializer.Serialize(JsonDocument.Parse(served).RootElement, Readable).ReplaceLineEndings("\n") + "\n";
        var file = Path.Combine(RepositoryFolder.Root, "tests", "Cordon.Tests", "Api", "openapi.approved.json");
        if (Environment.GetEnvironmentVariable("CORDON_APPROVE") == "1") await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        Assert.True(File.Exists(file), $"{file} is missing: run with CORDON_APPROVE=1 and read what it writes");
        Assert.Equal(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), text);
    }

    [Fact]
    public async Task It_is_of_version_3_1_and_every_operation_says_who_may_call_it_and_how_it_fails()
    {
        using var client = host.Client();
        var document = JsonDocument.Parse(await client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken)).RootElement;
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var operations = document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Select(o => (p.Name, o))).ToList();
        Assert.True(operations.Count >= 30, $"only {operations.Count} operations");
        foreach (var (path, operation) in operations)
        {
            Assert.StartsWith("/api/v1/", path, StringComparison.Ordinal);
            Assert.NotEqual(0, operation.Value.GetProperty("security").GetArrayLength());
            Assert.NotEmpty(operation.Value.GetProperty("summary").GetString()!);
        }
    }
}
