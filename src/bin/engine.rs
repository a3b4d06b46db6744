fn main() { 
    use polars::prelude::*;
    let df = DataFrame::new(vec![Column::new("a".into(), vec![1u32,2,1])]).unwrap();
    let out = df.lazy().group_by([col("a")]).agg([len().alias("n"), col("a").n_unique().alias("u"), col("a").mean().alias("m")]).sort(["n"], Default::default()).collect().unwrap();
    std::hint::black_box(out);
}
