using System.Security.Cryptography;
using Cordon.Casework.Audit;
using CsCheck;

namespace Cordon.Tests.Audit;

public sealed class MerkleTreeTests
{
    private static readonly Gen<(TreeHash[] Leaves, int A, int B)> TwoSizes =
        from size in Gen.Int[1, 300]
        from a in Gen.Int[1, size]
        from b in Gen.Int[1, size]
        select (Leaves(size), Math.Min(a, b), Math.Max(a, b));

    [Fact]
    public void Known_roots_of_the_certificate_transparency_test_leaves()
    {
        // The eight inputs and the root of eight that every RFC 6962 implementation shares.
        string[] inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
        var range = new MerkleRange();
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Hex(range.Root));
        foreach (var input in inputs) range.Append(MerkleTree.LeafHash(Convert.FromHexString(input)));
        Assert.Equal("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328", Hex(range.Root));
    }

    [Fact]
    public void A_range_has_the_root_of_the_recursive_definition()
    {
        var leaves = Leaves(520);
        var range = new MerkleRange();
        for (var size = 0; size <= leaves.Length; size++)
        {
            Assert.Equal(RootByDefinition(leaves.AsSpan(0, size)), range.Root);
            Assert.Equal(size, range.Size);
            if (size < leaves.Length) range.Append(leaves[size]);
        }
    }

    [Fact]
    public void A_range_reports_each_whole_subtree_once_with_its_root()
    {
        var leaves = Leaves(100);
        var nodes = new List<TreeNode>();
        var range = new MerkleRange();
        foreach (var leaf in leaves) range.Append(leaf, completed: nodes.Add);
        Assert.Equal(50 + 25 + 12 + 6 + 3 + 1, nodes.Count);
        Assert.Equal(nodes.Count, nodes.Select(node => (node.Level, node.Index)).Distinct().Count());
        foreach (var node in nodes)
            Assert.Equal(RootByDefinition(leaves.AsSpan((int)node.Index << node.Level, 1 << node.Level)), node.Hash);
    }

    [Fact]
    public void A_range_takes_whole_subtrees_for_their_leaves_and_nowhere_else()
    {
        var leaves = Leaves(21);
        var range = new MerkleRange();
        range.Append(RootByDefinition(leaves.AsSpan(0, 16)), 4);
        range.Append(RootByDefinition(leaves.AsSpan(16, 4)), 2);
        range.Append(leaves[20]);
        Assert.Equal(RootByDefinition(leaves), range.Root);
        Assert.Throws<InvalidOperationException>(() => range.Append(leaves[0], 1));
    }

    [Fact]
    public void Inclusion_proofs_are_those_of_the_definition_and_verify_only_where_they_should() =>
        TwoSizes.Sample(input =>
        {
            var (leaves, size, leaf) = (input.Leaves[..input.B], (long)input.B, (long)input.A - 1);
            var root = RootByDefinition(leaves);
            var proof = MerkleTree.InclusionProof(leaf, size).Select(tree => RootByDefinition(leaves.AsSpan((int)tree.Start, (int)tree.Count))).ToList();
            Assert.Equal(PathByDefinition((int)leaf, leaves), proof);
            Assert.True(MerkleTree.VerifyInclusion(leaf, size, leaves[leaf], proof, root));
            Assert.False(MerkleTree.VerifyInclusion(leaf, size, Other, proof, root));
            Assert.False(MerkleTree.VerifyInclusion(leaf, size, leaves[leaf], proof, Other));
            Assert.False(MerkleTree.VerifyInclusion(leaf, size, leaves[leaf], [.. proof, Other], root));
            Assert.False(MerkleTree.VerifyInclusion(size, size, leaves[leaf], proof, root));
            for (var i = 0; i < proof.Count; i++)
            {
                var wrong = proof.ToList();
                wrong[i] = Other;
                Assert.False(MerkleTree.VerifyInclusion(leaf, size, leaves[leaf], wrong, root));
                Assert.False(MerkleTree.VerifyInclusion(leaf, size, leaves[leaf], [.. proof[..i], .. proof[(i + 1)..]], root));
            }
        }, iter: 300);

    [Fact]
    public void Consistency_proofs_are_those_of_the_definition_and_verify_only_where_they_should() =>
        TwoSizes.Sample(input =>
        {
            var (leaves, from, to) = (input.Leaves[..input.B], (long)input.A, (long)input.B);
            var (fromRoot, toRoot) = (RootByDefinition(leaves.AsSpan(0, input.A)), RootByDefinition(leaves));
            var proof = MerkleTree.ConsistencyProof(from, to).Select(tree => RootByDefinition(leaves.AsSpan((int)tree.Start, (int)tree.Count))).ToList();
            Assert.Equal(SubproofByDefinition(input.A, leaves, whole: true), proof);
            Assert.True(MerkleTree.VerifyConsistency(from, to, fromRoot, toRoot, proof));
            Assert.False(MerkleTree.VerifyConsistency(from, to, Other, toRoot, proof));
            Assert.False(MerkleTree.VerifyConsistency(from, to, fromRoot, Other, proof));
            Assert.False(MerkleTree.VerifyConsistency(from, to, fromRoot, toRoot, [.. proof, Other]));
            for (var i = 0; i < proof.Count; i++)
            {
                var wrong = proof.ToList();
                wrong[i] = Other;
                Assert.False(MerkleTree.VerifyConsistency(from, to, fromRoot, toRoot, wrong));
                Assert.False(MerkleTree.VerifyConsistency(from, to, fromRoot, toRoot, [.. proof[..i], .. proof[(i + 1)..]]));
            }
        }, iter: 300);

    [Fact]
    public void A_leaf_that_looks_like_a_node_does_not_hash_like_one()
    {
        var (left, right) = (Leaves(2)[0], Leaves(2)[1]);
        Assert.NotEqual(MerkleTree.NodeHash(left, right), MerkleTree.LeafHash([.. left.ToArray(), .. right.ToArray()]));
    }

    private static readonly TreeHash Other = MerkleTree.LeafHash("another"u8);

    private static TreeHash[] Leaves(int count) => [.. Enumerable.Range(0, count).Select(i => MerkleTree.LeafHash(BitConverter.GetBytes(i)))];

    private static string Hex(TreeHash hash) => Convert.ToHexStringLower(hash.ToArray());

    // RFC 6962 section 2.1, 2.1.1 and 2.1.2 word for word: slow, and nothing of it shared with the code.
    private static int Split(int n)
    {
        var k = 1;
        while (k * 2 < n) k *= 2;
        return k;
    }

    private static TreeHash RootByDefinition(ReadOnlySpan<TreeHash> d)
    {
        if (d.Length == 0) return new TreeHash(SHA256.HashData([]));
        if (d.Length == 1) return d[0];
        var k = Split(d.Length);
        return new TreeHash(SHA256.HashData([1, .. RootByDefinition(d[..k]).ToArray(), .. RootByDefinition(d[k..]).ToArray()]));
    }

    private static List<TreeHash> PathByDefinition(int m, ReadOnlySpan<TreeHash> d)
    {
        if (d.Length == 1) return [];
        var k = Split(d.Length);
        return m < k ? [.. PathByDefinition(m, d[..k]), RootByDefinition(d[k..])] : [.. PathByDefinition(m - k, d[k..]), RootByDefinition(d[..k])];
    }

    private static List<TreeHash> SubproofByDefinition(int m, ReadOnlySpan<TreeHash> d, bool whole)
    {
        if (m == d.Length) return whole ? [] : [RootByDefinition(d)];
        var k = Split(d.Length);
        return m <= k
            ? [.. SubproofByDefinition(m, d[..k], whole), RootByDefinition(d[k..])]
            : [.. SubproofByDefinition(m - k, d[k..], false), RootByDefinition(d[..k])];
    }
}
