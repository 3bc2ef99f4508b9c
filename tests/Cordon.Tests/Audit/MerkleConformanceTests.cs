using System.Globalization;
using System.Text.Json;
using Cordon.Casework.Audit;

namespace Cordon.Tests.Audit;

/// <summary>
/// The proof vectors of transparency-dev/merkle. Left out, and only these, of the folders subtreeinclusion and
/// subtreeconsistency (draft-ietf-plants-merkle-tree-certs):
/// cases whose subtree does not begin at leaf 0, because Cordon gives and takes proofs about trees, which do; and
/// consistency cases of an empty subtree, which the draft accepts and RFC 9162 (section 2.1.4, 0 &lt; m) does not.
/// The others are ordinary proofs and are run as such.
/// </summary>
public sealed class MerkleConformanceTests
{
    [Theory]
    [InlineData("inclusion", "treeSize", 98, 0)]
    [InlineData("subtreeinclusion", "end", 101, 103)]
    public void Inclusion_proofs_are_judged_as_the_vectors_say(string folder, string sizeField, int expectedRun, int expectedLeftOut)
    {
        var (run, leftOut) = Judge(folder, test =>
            Size(test, "leafIdx") is { } leaf && Size(test, sizeField) is { } size
            && TryHash(test, "leafHash", out var leafHash) && TryHash(test, "root", out var root) && TryProof(test, out var proof)
            && MerkleTree.VerifyInclusion(leaf, size, leafHash, proof, root));
        Assert.Equal((expectedRun, expectedLeftOut), (run, leftOut));
    }

    [Theory]
    [InlineData("consistency", "size1", "size2", 98, 0)]
    [InlineData("subtreeconsistency", "end", "size", 91, 27)]
    public void Consistency_proofs_are_judged_as_the_vectors_say(string folder, string fromField, string toField, int expectedRun, int expectedLeftOut)
    {
        var (run, leftOut) = Judge(folder, test =>
            Size(test, fromField) is { } from && Size(test, toField) is { } to
            && TryRoot(test, "root1", out var fromRoot) && TryRoot(test, "root2", out var toRoot) && TryProof(test, out var proof)
            && MerkleTree.VerifyConsistency(from, to, fromRoot, toRoot, proof));
        Assert.Equal((expectedRun, expectedLeftOut), (run, leftOut));
    }

    private static (int Run, int LeftOut) Judge(string folder, Func<JsonElement, bool> verify)
    {
        var (run, leftOut) = (0, 0);
        var wrong = new List<string>();
        foreach (var file in Directory.EnumerateFiles(RepositoryFolder.Shared("conformance", "merkle", "testdata", folder), "*.json", SearchOption.AllDirectories))
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            var test = document.RootElement;
            if (test.TryGetProperty("start", out var start) && (start.GetDecimal() != 0 || (test.TryGetProperty("root1", out _) && test.GetProperty("end").GetDecimal() == 0)))
            {
                leftOut++;
                continue;
            }
            run++;
            if (verify(test) == test.GetProperty("wantErr").GetBoolean()) wrong.Add(file);
        }
        Assert.Empty(wrong);
        return (run, leftOut);
    }

    /// <summary>A size that does not fit in 63 bits cannot be asked of the code at all: null, which counts as refused.</summary>
    private static long? Size(JsonElement test, string name) =>
        long.TryParse(test.GetProperty(name).GetRawText(), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null;

    private static bool TryHash(JsonElement test, string name, out TreeHash hash) => TreeHash.TryParse(test.GetProperty(name).GetString() ?? "", out hash);

    /// <summary>
    /// Some cases write "don't care 1" where a root stands and ask only whether two are the same: a root that is
    /// not 32 bytes is replaced by a hash of its text.
    /// </summary>
    private static bool TryRoot(JsonElement test, string name, out TreeHash hash)
    {
        if (!TryHash(test, name, out hash)) hash = MerkleTree.LeafHash(test.GetProperty(name).GetBytesFromBase64());
        return true;
    }

    private static bool TryProof(JsonElement test, out List<TreeHash> proof)
    {
        proof = [];
        var array = test.GetProperty("proof");
        if (array.ValueKind == JsonValueKind.Null) return true;
        foreach (var item in array.EnumerateArray())
        {
            if (!TreeHash.TryParse(item.GetString() ?? "", out var hash)) return false;
            proof.Add(hash);
        }
        return true;
    }
}
