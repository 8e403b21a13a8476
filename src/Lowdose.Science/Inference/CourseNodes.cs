namespace Lowdose.Science.Inference;

/// <summary>
/// The quadrature nodes of one integration: at each (ρ, w, τ) the rotated design, and under it the nodes in ln σ with
/// their log weights. Grows as needed.
/// </summary>
internal sealed class CourseNodes(int coefficients)
{
    private double[] _values = new double[256 * (2 * coefficients + coefficients * coefficients)];
    private Node[] _nodes = new Node[256];
    private Component[] _components = new Component[2048];
    private readonly List<Slice> _slices = [];
    private int[] _sliceOf = new int[256];
    private readonly int _stride = 2 * coefficients + coefficients * coefficients;

    /// <summary>A point (ρ, w, τ) with what the filter found there.</summary>
    public readonly record struct Node(double Rho, double WhiteShare, double Tau);

    /// <summary>A node in σ under a point.</summary>
    public readonly record struct Component(int Node, double Sigma, double LogWeight);

    /// <summary>One (w, τ) with its quadrature weight in ln τ.</summary>
    public readonly record struct Slice(double WhiteShare, double Tau, double LogWeight);

    public int Coefficients => coefficients;
    public int NodeCount { get; private set; }
    public int ComponentCount { get; private set; }
    public ReadOnlySpan<Node> Nodes => _nodes.AsSpan(0, NodeCount);
    public ReadOnlySpan<Component> Components => _components.AsSpan(0, ComponentCount);

    public ReadOnlySpan<Slice> Slices => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_slices);
    public int SliceOf(int node) => _sliceOf[node];

    /// <summary>Begins a slice: nodes added from here on belong to it.</summary>
    public void Begin(Slice slice) => _slices.Add(slice);

    public int Add(Node node)
    {
        if (NodeCount == _nodes.Length)
        {
            Array.Resize(ref _nodes, 2 * _nodes.Length);
            Array.Resize(ref _values, 2 * _values.Length);
            Array.Resize(ref _sliceOf, 2 * _sliceOf.Length);
        }
        _nodes[NodeCount] = node;
        _sliceOf[NodeCount] = _slices.Count - 1;
        return NodeCount++;
    }

    public void Add(Component component)
    {
        if (ComponentCount == _components.Length) Array.Resize(ref _components, 2 * _components.Length);
        _components[ComponentCount++] = component;
    }

    public Span<double> Eigenvalues(int node) => _values.AsSpan(node * _stride, coefficients);
    public Span<double> Gradient(int node) => _values.AsSpan(node * _stride + coefficients, coefficients);
    /// <summary>F U, q × q, row-major.</summary>
    public Span<double> Projected(int node) => _values.AsSpan(node * _stride + 2 * coefficients, coefficients * coefficients);
}
